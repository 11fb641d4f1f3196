import process from 'node:process';
import { Enums, Models, Serialize, Spec } from '@cyclonedx/cyclonedx-library';
import type { Part } from './part.ts';

const TYPES = {
  application: Enums.ComponentType.Application,
  library: Enums.ComponentType.Library,
  platform: Enums.ComponentType.Platform,
  file: Enums.ComponentType.File,
};
const ALGORITHMS = { 'SHA-256': Enums.HashAlgorithm['SHA-256'], 'SHA-512': Enums.HashAlgorithm['SHA-512'] };
const IS_EXPRESSION = / (?:AND|OR|WITH) /;

/**
 * A bill of materials in CycloneDX 1.6 as JSON: the same parts give the same bytes. Its time is SOURCE_DATE_EPOCH, where
 * that is set; it has no serial number.
 */
export function formatBill(whole: Part, epoch = process.env.SOURCE_DATE_EPOCH): string {
  const component = toComponent({ ...whole, parts: [] }, '');
  const parts = whole.parts.map((part) => toComponent(part, `${whole.name}/`));
  for (const { bomRef } of parts) component.dependencies.add(bomRef);
  const timestamp = epoch === undefined ? undefined : new Date(Number(epoch) * 1000);
  const bom = new Models.Bom({
    metadata: new Models.Metadata({ component, timestamp }),
    components: new Models.ComponentRepository(parts),
  });
  const normalizers = new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6);
  return `${new Serialize.JsonSerializer(normalizers).serialize(bom, { sortLists: true, space: 2 })}\n`;
}

function toComponent(part: Part, prefix: string): Models.Component {
  const bomRef = `${prefix}${part.version === undefined ? part.name : `${part.name}@${part.version}`}`;
  const { version, description, purl } = part;
  const component = new Models.Component(TYPES[part.type], part.name, { bomRef, version, description, purl });
  for (const [name, value] of Object.entries(part.hashes))
    component.hashes.set(ALGORITHMS[name as keyof Part['hashes']], value);
  if (part.license !== undefined) component.licenses.add(toLicense(part.license));
  for (const inner of part.parts) {
    const child = toComponent(inner, `${bomRef}/`);
    component.components.add(child);
    component.dependencies.add(child.bomRef);
  }
  return component;
}

function toLicense(license: string) {
  return IS_EXPRESSION.test(license)
    ? new Models.LicenseExpression(license)
    : new Models.SpdxLicense(license);
}
