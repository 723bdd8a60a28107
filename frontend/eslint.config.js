import js from "@eslint/js";
import { createTypeScriptImportResolver } from "eslint-import-resolver-typescript";
import { importX } from "eslint-plugin-import-x";
import jsxA11y from "eslint-plugin-jsx-a11y";
import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

const FEATURES = ["agreements", "recurring", "home", "invoices", "outgoing", "messages", "customers", "payments", "work", "settings", "approvals"];
const SHARED = ["agreements", "chase", "silence", "mails", "lines", "portal-links", "components", "lib", "i18n", "config", "api"];

const AGREED = ["agreements", "chase", "silence", "mails", "lines", "portal-links"];

const zones = [
  ...FEATURES.map((name) => ({
    target: `./src/features/${name}`,
    from: "./src/features",
    except: [`./${name}`],
    message: "Features do not import features; what two need is shared.",
  })),
  { target: "./src/features", from: "./src/app", message: "The app composes features." },
  ...SHARED.map((name) => ({
    target: `./src/${name}`,
    from: ["./src/features", "./src/app"],
    message: "Shared code knows no feature.",
  })),
  {
    target: "./src/portal",
    from: ["./src/features", "./src/app", "./src/components", ...AGREED.map((name) => `./src/${name}`)],
    except: ["./tokens.css"],
    message: "The portal is a small product of its own; it shares pure code only.",
  },
  {
    target: ["./src/features", "./src/app", ...SHARED.map((name) => `./src/${name}`)],
    from: "./src/portal",
    message: "The dashboard knows nothing of the portal's screens.",
  },
  {
    target: "./src/components",
    from: "./src/api",
    except: ["./models.ts"],
    message: "Shared components fetch nothing; they may know the types.",
  },
];

export default tseslint.config(
  { ignores: ["dist", "node_modules", "src/api/types.d.ts"] },
  js.configs.recommended,
  {
    files: ["src/**/*.{ts,tsx}", "vite.config.ts"],
    extends: [...tseslint.configs.strictTypeChecked, jsxA11y.flatConfigs.strict],
    plugins: { "import-x": importX, "react-hooks": reactHooks },
    languageOptions: { parserOptions: { projectService: true } },
    settings: { "import-x/resolver-next": [createTypeScriptImportResolver()] },
    rules: {
      ...reactHooks.configs.recommended.rules,
      "import-x/no-cycle": "error",
      "import-x/no-restricted-paths": ["error", { zones }],
      "max-lines": ["error", { max: 250 }],
      "max-lines-per-function": ["error", { max: 90, skipBlankLines: true }],
      "no-restricted-globals": ["error", { name: "fetch", message: "Use src/api/client.ts." }],
      "no-restricted-syntax": [
        "error",
        {
          selector: "JSXText[value=/[A-Za-zÀ-ÿ]{2}/]",
          message: "Words belong to the dictionaries in src/i18n.",
        },
        {
          selector: "CallExpression[callee.name=/^(parseFloat)$/]",
          message: "Amounts never meet float arithmetic: src/lib/money.ts.",
        },
      ],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": "off",
      "jsx-a11y/no-autofocus": ["error", { ignoreNonDOM: true }],
    },
  },
  {
    files: ["src/api/client.ts", "src/**/*.test.ts"],
    rules: { "no-restricted-globals": "off" },
  },
  { files: ["src/**/*.test.ts"], rules: { "max-lines-per-function": "off" } },
  {
    files: ["public/*.js"],
    languageOptions: {
      globals: { document: "readonly", window: "readonly", localStorage: "readonly" },
    },
  },
  {
    files: ["scripts/*.mjs"],
    languageOptions: { globals: { console: "readonly", process: "readonly" } },
  },
);
