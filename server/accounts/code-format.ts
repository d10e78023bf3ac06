/** Without the letters and digits that look alike. */
const LETTERS = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const FAIR = 240;
const LENGTH = 10;

/** A one-time code such as `K7QMP-2XW9T`: 49 random bits, five minutes, a few tries a minute. */
export function makeCode(randomBytes: (size: number) => Uint8Array): string {
  let text = '';
  while (text.length < LENGTH) {
    for (const byte of randomBytes(LENGTH)) {
      if (byte < FAIR && text.length < LENGTH) text += LETTERS.charAt(byte % LETTERS.length);
    }
  }
  return `${text.slice(0, 5)}-${text.slice(5)}`;
}

/** The code as it was made, from what a person typed: case, spaces and dashes do not matter. */
export const readCode = (typed: string): string => {
  const letters = typed.toUpperCase().replace(/[^0-9A-Z]/g, '');
  return `${letters.slice(0, 5)}-${letters.slice(5)}`;
};
