/** A debian/changelog with one entry (deb-changelog(5)); the time is in seconds since 1970. */
export function changelog(version, maintainer, seconds) {
  const date = new Date(seconds * 1000).toUTCString().replace('GMT', '+0000');
  return `macveil (${version}) unstable; urgency=medium\n\n  * See CHANGELOG.md of the source.\n\n -- ${maintainer}  ${date}\n`;
}
