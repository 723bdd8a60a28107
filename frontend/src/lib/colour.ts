/** Colours that a company chose, and what can be read on and beside them (WCAG 2.2). */

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

/** The contrast of two colours, from 1 to 21. */
export function contrast(one: string, other: string): number {
  const [lighter = 0, darker = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (lighter + 0.05) / (darker + 0.05);
}

const PAPER = "#ffffff";
const INK = "#181c21";

/** Words on this colour: white or ink, what is read better. As in the mails. */
export function textOn(colour: string): string {
  return contrast(colour, PAPER) >= contrast(colour, INK) ? PAPER : INK;
}

/** This colour, as far towards white or ink as it must go to be read on a ground. */
export function readableOn(colour: string, ground: string): string {
  const goal = textOn(ground);
  const steps = Array.from({ length: 21 }, (_, step) => mixed(colour, goal, step / 20));
  return steps.find((one) => contrast(one, ground) >= AA_TEXT) ?? goal;
}

function mixed(one: string, other: string, share: number): string {
  const channels = [1, 3, 5].map((at) => {
    const [from, to] = [one, other].map((text) => Number.parseInt(text.slice(at, at + 2), 16));
    return Math.round((from ?? 0) * (1 - share) + (to ?? 0) * share);
  });
  return `#${channels.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}
