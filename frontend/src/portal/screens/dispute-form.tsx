/** The form of a dispute. What is wrong with a field is said once its owner has tried to send it. */
import { useState } from "react";

import { post } from "@/api/client";
import { fieldTexts } from "@/lib/failures";
import { formatMoney, parseMoney } from "@/lib/money";

import { Button, LinkButton } from "../base/button";
import { useHome } from "../base/home";
import { Actions, Card, Notice, Refused } from "../base/parts";
import { useSend } from "../base/send";
import type { Dispute, DisputeCategory, DisputeInput, Invoice } from "../model";
import { endpoints, pages } from "../paths";
import { useWords } from "../words";
import { Files, useFiles } from "./files";
import { HowMuch } from "./how-much";
import { Means } from "./means";
import { Why } from "./why";

export function DisputeForm({ invoice }: { invoice: Invoice }) {
  const { w, locale } = useWords();
  const { read_only: isReadOnly } = useHome();
  const { id, currency, may_dispute_minor: most } = invoice;
  const money = (minor: number) => formatMoney(minor, currency, locale);
  const [isPart, setPart] = useState(false);
  const [typed, setTyped] = useState("");
  const [category, setCategory] = useState<DisputeCategory | null>(null);
  const [comment, setComment] = useState("");
  const [hasTried, setTried] = useState(false);
  const [mostThen] = useState(most);
  const [done, setDone] = useState<number | null>(null);
  const files = useFiles();
  const open = useSend((input: DisputeInput, key) => post<Dispute>(endpoints.disputes, input, key));
  const refused = fieldTexts(open.error, w.errors);

  const amount = isPart ? parseMoney(typed, currency, locale) : most;
  const needsComment = isPart || category === "other";
  const wrong = {
    amount:
      amount === null || amount <= 0 ? w.errors.amount : amount > most ? w.dispute.tooMuch(money(most)) : null,
    category: category === null ? w.dispute.choose : null,
    comment: needsComment && comment.trim() === "" ? w.dispute.commentNeeded : null,
  };
  const isReady = wrong.amount === null && wrong.category === null && wrong.comment === null;
  const said = (text: string | null) => (hasTried ? text : null);
  const confirm = () => {
    setTried(true);
    if (!isReady || amount === null || category === null || files.areMoving) return;
    const input: DisputeInput = {
      invoice_id: id,
      amount_minor: isPart ? amount : null,
      category,
      comment: comment.trim() || null,
      file_ids: files.sent,
    };
    open.send(input, () => setDone(amount));
  };
  if (done !== null) return <Sent amount={money(done)} invoiceId={id} />;
  return (
    <Card>
      <HowMuch
        most={money(mostThen)}
        isPart={isPart}
        setPart={setPart}
        typed={typed}
        setTyped={setTyped}
        error={said(wrong.amount) ?? refused.get("/amount_minor")}
      />
      <Why
        category={category}
        setCategory={setCategory}
        comment={comment}
        setComment={setComment}
        needsComment={needsComment}
        wrong={{
          category: said(wrong.category) ?? refused.get("/category"),
          comment: said(wrong.comment) ?? refused.get("/comment"),
        }}
      />
      <Files files={files} />
      {isReady && amount !== null ? (
        <Means
          lines={[
            w.dispute.means(money(amount)),
            most > amount ? w.dispute.rest(money(most - amount)) : null,
          ]}
        />
      ) : null}
      <Refused error={open.error} />
      <Button
        kind="main"
        isWide
        isPending={open.isPending || files.areMoving}
        disabled={isReadOnly}
        onClick={confirm}
      >
        {w.dispute.action}
      </Button>
    </Card>
  );
}

function Sent({ amount, invoiceId }: { amount: string; invoiceId: string }) {
  const { w } = useWords();
  return (
    <>
      <Notice tone="good">
        <strong>{w.dispute.done}</strong>
        <p>{w.dispute.doneBody(amount)}</p>
      </Notice>
      <Actions>
        <LinkButton kind="main" to={pages.home}>
          {w.shell.toInvoices}
        </LinkButton>
        <LinkButton to={pages.invoice(invoiceId)}>{w.shell.back}</LinkButton>
      </Actions>
    </>
  );
}
