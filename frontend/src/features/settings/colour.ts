/** Contrast by the formula of WCAG 2. */

const AA_TEXT = 4.5;

function channel(hex: string): number {
  const value = Number.parseInt(hex, 16) / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => channel(colour.slice(at, at + 2)));
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
}

export function isColour(text: string): boolean {
  return /^#[0-9a-f]{6}$/.test(text);
}

/** Whether white text on this colour ("#1f5fbf") can be read by everybody. */
export function carriesWhite(colour: string): boolean {
  return 1.05 / (luminance(colour) + 0.05) >= AA_TEXT;
}
