/** Mantine's theme: one accent, calm greys, dense controls. Colours of our own are in tokens.css. */
import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from "@mantine/core";

const accent: MantineColorsTuple = [
  "#eef4fc",
  "#dbe7f7",
  "#b5cdee",
  "#8bb0e4",
  "#6798db",
  "#4a82d3",
  "#2f6cc6",
  "#1f5fbf",
  "#184e9f",
  "#123e80",
];

// Mantine paints its dark scheme from this tuple: from the ink to the ground of tokens.css.
const dark: MantineColorsTuple = [
  "#eceff2",
  "#c6ccd2",
  "#929ca7",
  "#6b7580",
  "#48515d",
  "#2a3038",
  "#1e232a",
  "#171b20",
  "#12161a",
  "#101317",
];

export const theme = createTheme({
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SFMono-Regular', 'Cascadia Mono', Consolas, monospace",
  primaryColor: "accent",
  primaryShade: { light: 7, dark: 6 },
  colors: { accent, dark },
  defaultRadius: "sm",
  cursorType: "pointer",
  respectReducedMotion: true,
  autoContrast: true,
  fontSizes: { xs: "12px", sm: "14px", md: "15px", lg: "17px", xl: "20px" },
  components: {
    Button: { defaultProps: { size: "sm" } },
    Modal: { defaultProps: { centered: true, overlayProps: { backgroundOpacity: 0.4 } } },
    Tooltip: { defaultProps: { withArrow: true, multiline: true, maw: 320 } },
  },
});

/** Mantine's own variables follow our tokens, in both schemes. */
export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    "--mantine-color-body": "var(--surface)",
    "--mantine-color-text": "var(--ink)",
    "--mantine-color-dimmed": "var(--ink-soft)",
    "--mantine-color-placeholder": "var(--ink-faint)",
    "--mantine-color-default-border": "var(--line-strong)",
    "--mantine-color-error": "var(--state-bad)",
  },
  dark: {
    "--mantine-color-body": "var(--surface)",
    "--mantine-color-text": "var(--ink)",
    "--mantine-color-dimmed": "var(--ink-soft)",
    "--mantine-color-placeholder": "var(--ink-faint)",
    "--mantine-color-default": "var(--surface-raised)",
    "--mantine-color-default-hover": "var(--surface-sunken)",
    "--mantine-color-default-border": "var(--line-strong)",
    "--mantine-color-error": "var(--state-bad)",
  },
});
