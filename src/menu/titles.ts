import type { Decision } from '../core/decision.ts';

/** The words of a menu; `{title}` stands for the title of the image's own entry. */
export type Titles = Record<Decision | 'submenu', string>;

/** Titles by language (ISO 639-1). */
export const LANGUAGES = {
  en: {
    spoof: '{title}, with anonymous network addresses',
    keep: "{title}, with this computer's own network addresses",
    offline: '{title}, without network',
    ask: '{title}, ask me about the network at start',
    submenu: '{title}: network addresses ...',
  },
  de: {
    spoof: '{title}, mit anonymen Netzwerkadressen',
    keep: '{title}, mit den eigenen Netzwerkadressen dieses Computers',
    offline: '{title}, ohne Netzwerk',
    ask: '{title}, beim Start nach dem Netzwerk fragen',
    submenu: '{title}: Netzwerkadressen ...',
  },
  es: {
    spoof: '{title}, con direcciones de red anónimas',
    keep: '{title}, con las direcciones de red propias de este equipo',
    offline: '{title}, sin red',
    ask: '{title}, preguntarme por la red al iniciar',
    submenu: '{title}: direcciones de red ...',
  },
  fr: {
    spoof: '{title}, avec des adresses réseau anonymes',
    keep: '{title}, avec les adresses réseau propres à cet ordinateur',
    offline: '{title}, sans réseau',
    ask: '{title}, me demander pour le réseau au démarrage',
    submenu: '{title} : adresses réseau ...',
  },
  it: {
    spoof: '{title}, con indirizzi di rete anonimi',
    keep: '{title}, con gli indirizzi di rete propri di questo computer',
    offline: '{title}, senza rete',
    ask: "{title}, chiedimi della rete all'avvio",
    submenu: '{title}: indirizzi di rete ...',
  },
  pt: {
    spoof: '{title}, com endereços de rede anónimos',
    keep: '{title}, com os endereços de rede próprios deste computador',
    offline: '{title}, sem rede',
    ask: '{title}, perguntar-me pela rede ao iniciar',
    submenu: '{title}: endereços de rede ...',
  },
} as const satisfies Record<string, Titles>;

/** A language that has titles. */
export type Language = keyof typeof LANGUAGES;

/** The names under which titles are given. */
export const TITLE_NAMES = ['spoof', 'keep', 'offline', 'ask', 'submenu'] as const;

/** A title with the image's own in its place. */
export function fillTitle(template: string, title: string): string {
  return template.replaceAll('{title}', title);
}

/** Letters that are written with two in ASCII; of others the accent is left out. */
const TWO_LETTERS: Record<string, string> = {
  ä: 'ae',
  ö: 'oe',
  ü: 'ue',
  Ä: 'Ae',
  Ö: 'Oe',
  Ü: 'Ue',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
};

/** A title in ASCII; letters that have no such spelling stay. */
export function toAscii(title: string): string {
  const spelled = title.replace(/[äöüÄÖÜßæœ]/g, (letter) => TWO_LETTERS[letter] ?? letter);
  return spelled.normalize('NFD').replace(/\p{Mn}/gu, '');
}
