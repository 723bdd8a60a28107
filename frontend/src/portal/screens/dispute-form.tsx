/** The form of a dispute. What is wrong with a field is said once its owner has tried to send it. */
import { useState } from "react";

import { post } from "@/api/client";
import { fieldTexts } from "@/lib/failures";
import { formatMoney, parseMoney } from "@/lib/money";

import { Button } from "../base/button";
import { useHome } from "../base/home";
import { Card, Refused } from "../base/parts";
import { useSend } from "../base/send";
import type { Dispute, DisputeCategory, DisputeInput, Invoice } from "../model";
import { endpoints } from "../paths";
import { useAllWords } from "../words";
import { Files, useFiles } from "./files";
import { HowMuch } from "./how-much";
import { Means } from "./means";
import { Why } from "./why";

interface Props {
  invoice: Invoice;
  /** With the amount that is contested. */
  onDone: (amountMinor: number) => void;
}

export function DisputeForm({ invoice, onDone }: Props) {
  const { w, locale } = useAllWords();
  const { read_only: isReadOnly } = useHome();
  const { id, currency, may_dispute_minor: most } = invoice;
  const money = (minor: number) => formatMoney(minor, currency, locale);
  const [isPart, setPart] = useState(false);
  const [typed, setTyped] = useState("");
  const [category, setCategory] = useState<DisputeCategory | null>(null);
  const [comment, setComment] = useState("");
  const [hasTried, setTried] = useState(false);
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
    open.send(input, () => onDone(amount));
  };
  return (
    <Card>
      <HowMuch
        most={money(most)}
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
