/** The editor: the form at the left, the invoice as it will look at the right. */
import { Button } from "@mantine/core";
import { Link, useLocation } from "wouter";

import type { Invoice } from "@/api/models";
import { CommandError } from "@/components/command-error";
import { PageHeader } from "@/components/page-header";
import { Panel } from "@/components/panel";
import { pages } from "@/config/paths";
import { useLanguage } from "@/i18n";
import { LinesEditor } from "@/lines/lines-editor";

import type { Draft } from "./draft";
import { EditorDiscount } from "./editor-discount";
import { EditorFields, EditorNotes } from "./editor-fields";
import { EditorPreview } from "./editor-preview";
import classes from "./editor.module.css";
import { dropDraft } from "./kept-draft";
import { type Editor, useEditor } from "./use-editor";

interface Props {
  invoice: Invoice | undefined;
  draft: Draft;
  isKept: boolean;
}

function SaveButtons({ editor }: { editor: Editor }) {
  const { m } = useLanguage();
  const words = m.invoices.editor;
  return (
    <>
      <Button variant="default" loading={editor.isSaving} onClick={() => editor.save("show")}>
        {words.saveDraft}
      </Button>
      <Button disabled={editor.isSaving} onClick={() => editor.save("issue")}>
        {words.saveAndIssue}
      </Button>
    </>
  );
}

function Unsaved({ id }: { id: string | undefined }) {
  const { m } = useLanguage();
  const [, navigate] = useLocation();
  const discard = () => {
    dropDraft(id);
    navigate(id === undefined ? pages.invoices : pages.invoice(id));
  };
  return (
    <>
      <span>{m.invoices.editor.unsaved}</span>
      <Button variant="subtle" size="compact-sm" onClick={discard}>
        {m.invoices.editor.discard}
      </Button>
    </>
  );
}

export function EditorPage(start: Props) {
  const { m } = useLanguage();
  const editor = useEditor(start);
  const words = m.invoices.editor;
  const onKey = (event: React.KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "s") return;
    event.preventDefault();
    editor.save("show");
  };
  return (
    // The key is that of the browser's own "save"; the buttons do the same.
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions
    <div onKeyDown={onKey}>
      <PageHeader
        title={start.invoice ? words.edit : words.new}
        crumb={<Link href={pages.invoices}>{m.invoices.title}</Link>}
        detail={editor.isDirty ? <Unsaved id={start.invoice?.id} /> : null}
        actions={<SaveButtons editor={editor} />}
      />
      <div className={classes.alerts}>
        <CommandError error={editor.saveError} />
        {editor.hasFlaws ? <p role="alert">{words.fix}</p> : null}
      </div>
      <div className={classes.columns}>
        <Panel>
          <EditorFields editor={editor} />
          <LinesEditor
            lines={editor.draft.lines}
            currency={editor.draft.currency}
            errorAt={editor.errorAt}
            change={(lines) => editor.change({ lines })}
          />
          <EditorDiscount editor={editor} isNew={start.invoice === undefined} />
          <EditorNotes editor={editor} />
          <div className={classes.foot}>
            <SaveButtons editor={editor} />
          </div>
        </Panel>
        <EditorPreview draft={editor.draft} number={start.invoice?.number ?? null} />
      </div>
    </div>
  );
}
