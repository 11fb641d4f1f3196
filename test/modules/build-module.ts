/** What a made-up kernel module is to say. */
export interface ModuleRecipe {
  wide?: boolean;
  little?: boolean;
  imports?: string[];
  exports?: string[];
  /** Lines of .modinfo, `key=value`; null leaves the section out. */
  modinfo?: string[] | null;
  /** Where exports are written: as local symbols, in the section of their names, or both as the kernel does. */
  exportsIn?: 'symbols' | 'strings' | 'both';
}

const SHT = { symtab: 2, strtab: 3, progbits: 1 };

/** Assembles a small relocatable ELF file of the given width and byte order. */
export function buildModule(recipe: ModuleRecipe = {}): Buffer {
  const { wide = true, little = true, exportsIn = 'both', exports = [], modinfo = ['license=GPL'] } = recipe;
  const put = writer(wide, little);
  const locals = exportsIn === 'strings' ? [] : exports.map((name) => `__ksymtab_${name}`);
  const { table, strings } = buildSymbols(put, recipe.imports ?? [], locals);
  const sections: Section[] = [
    { name: '', type: 0, bytes: Buffer.alloc(0), link: 0 },
    { name: '.symtab', type: SHT.symtab, bytes: table, link: 2 },
    { name: '.strtab', type: SHT.strtab, bytes: strings, link: 0 },
  ];
  if (modinfo !== null)
    sections.push({ name: '.modinfo', type: SHT.progbits, bytes: lines(modinfo), link: 0 });
  if (exportsIn !== 'symbols') {
    sections.push({ name: '__ksymtab_strings', type: SHT.progbits, bytes: lines(exports), link: 0 });
  }
  return assemble(put, sections);
}

type Writer = ReturnType<typeof writer>;

function writer(wide: boolean, little: boolean) {
  const int = (size: number, value: number) => {
    const bytes = Buffer.alloc(size);
    if (little) bytes.writeUIntLE(value, 0, Math.min(size, 6));
    else bytes.writeUIntBE(value, Math.max(0, size - 6), Math.min(size, 6));
    return bytes;
  };
  return { wide, little, int, word: (value: number) => int(wide ? 8 : 4, value) };
}

function lines(texts: string[]): Buffer {
  return Buffer.from(texts.map((text) => `${text}\0`).join(''), 'latin1');
}

function buildSymbols(put: Writer, imports: string[], locals: string[]) {
  let strings = '\0';
  const symbol = (name: string, section: number) => {
    const at = strings.length;
    strings += `${name}\0`;
    const tail = [put.int(1, 0x10), put.int(1, 0), put.int(2, section)];
    if (put.wide) return Buffer.concat([put.int(4, at), ...tail, put.word(0), put.word(0)]);
    return Buffer.concat([put.int(4, at), put.word(0), put.word(0), ...tail]);
  };
  const first = Buffer.alloc(put.wide ? 24 : 16);
  const entries = [...imports.map((name) => symbol(name, 0)), ...locals.map((name) => symbol(name, 1))];
  return { table: Buffer.concat([first, ...entries]), strings: Buffer.from(strings, 'latin1') };
}

interface Section {
  name: string;
  type: number;
  bytes: Buffer;
  link: number;
}

function assemble(put: Writer, contents: Section[]): Buffer {
  const names = lines([...contents.map(({ name }) => name), '.shstrtab']);
  const sections = [...contents, { name: '.shstrtab', type: SHT.strtab, bytes: names, link: 0 }];
  const headerSize = put.wide ? 64 : 52;
  let offset = headerSize;
  const headers = sections.map(({ name, type, bytes, link }) => {
    const at = offset;
    offset += bytes.length;
    const where = names.indexOf(`${name}\0`, 0, 'latin1');
    const start = [put.int(4, where), put.int(4, type), put.word(0), put.word(0), put.word(at)];
    return Buffer.concat([
      ...start,
      put.word(bytes.length),
      put.int(4, link),
      put.int(4, 0),
      put.word(1),
      put.word(0),
    ]);
  });
  const header = fileHeader(put, offset, sections.length, headerSize);
  return Buffer.concat([header, ...sections.map(({ bytes }) => bytes), ...headers]);
}

function fileHeader(put: Writer, sectionTable: number, count: number, size: number): Buffer {
  const ident = Buffer.concat([
    Buffer.from('\x7fELF', 'latin1'),
    Buffer.from([put.wide ? 2 : 1, put.little ? 1 : 2, 1]),
    Buffer.alloc(9),
  ]);
  const machine = [put.int(2, 1), put.int(2, 62), put.int(4, 1)];
  const places = [put.word(0), put.word(0), put.word(sectionTable), put.int(4, 0)];
  const sizes = [size, 0, 0, put.wide ? 64 : 40, count, count - 1].map((value) => put.int(2, value));
  return Buffer.concat([ident, ...machine, ...places, ...sizes]);
}
