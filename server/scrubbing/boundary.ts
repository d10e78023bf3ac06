const isWord = (code: number): boolean =>
  (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95;

const isHexDigit = (code: number): boolean =>
  (code >= 48 && code <= 57) || (code >= 65 && code <= 70) || (code >= 97 && code <= 102);

/** True when a token may begin at `at`: no letter or digit touches it, or the one that does ends an escape (`\n`, `%3D`, `\u0022`). */
export function isBoundaryBefore(text: string, at: number): boolean {
  if (at === 0) return true;
  const before = text.charCodeAt(at - 1);
  if (!isWord(before)) return true;
  if (at >= 2 && text.charCodeAt(at - 2) === 92)
    return before === 110 || before === 114 || before === 116 || before === 98 || before === 102;
  if (!isHexDigit(before)) return false;
  if (at >= 3 && text.charCodeAt(at - 3) === 37 && isHexDigit(text.charCodeAt(at - 2))) return true;
  if (at >= 5 && text.startsWith('%25', at - 5)) return true;
  return at >= 6 && text.charCodeAt(at - 6) === 92 && text.charCodeAt(at - 5) === 117;
}

/** True when a token may end before `at`. */
export function isBoundaryAfter(text: string, at: number): boolean {
  return at >= text.length || !isWord(text.charCodeAt(at));
}
