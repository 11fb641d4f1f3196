/** One line of a syslinux configuration: its keyword in lower case, and what follows. */
export interface ConfigLine {
  raw: string;
  /** Two words for those of the menu (`menu label`); '' for a blank line or a comment. */
  keyword: string;
  value: string;
  /** Where the value begins in `raw`: behind the keyword, before the white space. */
  floor: number;
  line: number;
}

/** Cuts a configuration into lines; keywords know no case (com32/elflink/ldlinux/readconfig.c). */
export function cutLines(text: string): ConfigLine[] {
  return text.split('\n').map((raw, index) => {
    const [found = '', word = ''] = /^\s*((?:menu|text)\s+[a-z]+|[^\s#]\S*)?/i.exec(raw) ?? [];
    const keyword = word.toLowerCase().replace(/\s+/g, ' ');
    return { raw, keyword, value: raw.slice(found.length).trim(), floor: found.length, line: index + 1 };
  });
}
