/**
 * The symbolic links below hooks/, by path from there, with their targets: packages of npm hold no links. build/bundle.mjs
 * puts them in this module's place; without it the links are there themselves.
 */
export const HOOK_LINKS: Record<string, string> = {};
