/** The few icons in use, drawn on a 24-unit grid with the colour of the text. Never the only label. */

const SHAPES = {
  home: "M4 11 12 4l8 7M6 9.5V20h12V9.5M10 20v-6h4v6",
  invoices: "M6 3h12v18l-3-2-3 2-3-2-3 2V3ZM9 8h6M9 12h6",
  customers: "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM2.5 20c.4-4 3-6 6.5-6s6.100 2 6.500 6M16 4.300a3.500 3.500 0 0 1 0 6.400M18 14.500c2 .9 3.200 2.700 3.500 5.500",
  payments: "M3 6h18v12H3V6ZM12 14.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5ZM6.500 12h.01M17.500 12h.01",
  agreements: "M4 6h16v14H4V6ZM4 10.500h16M8 3.500v4M16 3.500v4M8.500 15l2.500 2.300 4.500-4.500",
  recurring: "M4.500 11a7.500 7.500 0 0 1 13-4.500L20 9M20 4.500V9h-4.500M19.500 13a7.500 7.500 0 0 1-13 4.500L4 15M4 19.500V15h4.500",
  outgoing: "M21 3 3 10.500l7 3.500 3.500 7L21 3ZM10 14l5-5",
  work: "M9 6h11M9 12h11M9 18h11M4 6l1 1 1.500-2M4 12l1 1 1.500-2M4 18l1 1 1.500-2",
  approvals: "M12 3l7 3v5.500c0 4.500-3 7.600-7 9.500-4-1.900-7-5-7-9.500V6l7-3ZM8.500 12l2.500 2.500 4.500-5",
  settings: "M4 7h9M17 7h3M4 17h3M11 17h9M15 9.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5ZM9 19.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5Z",
  clock: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 7v5l3.500 2",
  search: "M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM16 16l4.500 4.500",
  plus: "M12 5v14M5 12h14",
  next: "M9 5l7 7-7 7",
  previous: "M15 5l-7 7 7 7",
  down: "M5 9l7 7 7-7",
  up: "M5 15l7-7 7 7",
  close: "M6 6l12 12M18 6 6 18",
  mail: "M3 5.500h18v13H3v-13ZM3.500 6l8.500 7 8.500-7",
  messages: "M3 5.500h18v13H3v-13ZM3.500 6l8.500 7 8.500-7",
  phone: "M6.500 4h3l1.500 4-2 1.400a11.500 11.500 0 0 0 5.600 5.600L16 13l4 1.500v3c0 1.400-1.100 2.500-2.500 2.400C10.300 19.400 4.600 13.700 4.100 6.500 4 5.100 5.100 4 6.500 4Z",
  file: "M6 3h8l4 4v14H6V3ZM14 3v4h4",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  check: "M5 12.500l4.500 4.500L19 7",
  warning: "M12 4 2.500 20h19L12 4ZM12 10v4.500M12 17.300h.01",
  drag: "M8 6h.01M8 12h.01M8 18h.01M16 6h.01M16 12h.01M16 18h.01",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.500 20.500c.6-4.200 3.500-6.500 7.500-6.500s6.900 2.300 7.500 6.500",
  trash: "M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13",
} as const;

export type IconName = keyof typeof SHAPES;

export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={name === "more" || name === "drag" ? 2.6 : 1.7}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={SHAPES[name]} />
    </svg>
  );
}
