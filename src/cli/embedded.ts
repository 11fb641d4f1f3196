/** A file that the executable carries: its content in base64, or where a symbolic link leads. */
export type EmbeddedFile = { content: string } | { target: string };

/**
 * The files of the package (hooks/, dist/macveil-hook, package.json) by path, inside the executable; null everywhere else,
 * where they stand beside the program. build/executable.mjs puts them in this module's place.
 */
export const EMBEDDED: Record<string, EmbeddedFile> | null = null;
