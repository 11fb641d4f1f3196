/** What an image can choose about its boot-side program; compiled into it (`macveil compile`). */
export interface HookPolicy {
  /**
   * The egress guard, without which nothing but watching keeps a card that got its real address back from sending:
   * `wanted`: a card whose guard cannot be had is used and reported; `required`: it is put away.
   */
  guard: 'wanted' | 'required';
  /**
   * How long new interfaces are born mute: `always`; or `boot`, until the cards of the boot are verified, for images that
   * make tun or tap devices in network namespaces (containers), where no udev rule gives them a voice.
   */
  mute: 'always' | 'boot';
}

/** The choices of whoever made none. */
export const DEFAULT_HOOK_POLICY: HookPolicy = { guard: 'wanted', mute: 'always' };

/** Every value of each choice. */
export const HOOK_POLICY_VALUES = { guard: ['wanted', 'required'], mute: ['always', 'boot'] } as const;
