/** Files that go with a dispute: sent as soon as they are chosen, with how far they have come. */
import { useRef, useState } from "react";

import { ApiError } from "@/api/client";
import { refusalText } from "@/lib/failures";

import { Button } from "../base/button";
import { MOST_BYTES, MOST_FILES, TYPES, upload } from "../upload";
import { useAllWords } from "../words";
import classes from "./dispute.module.css";

interface Moving {
  key: string;
  name: string;
  share: number;
  id: string | null;
  problem: string | null;
}

export type ChosenFiles = ReturnType<typeof useFiles>;

export function useFiles() {
  const { w } = useAllWords();
  const [files, setFiles] = useState<readonly Moving[]>([]);
  const change = (key: string, to: Partial<Moving>) =>
    setFiles((all) => all.map((one) => (one.key === key ? { ...one, ...to } : one)));
  const send = async (file: File, key: string) => {
    try {
      const sent = await upload(file, key, (share) => change(key, { share }));
      change(key, { id: sent.id, share: 1 });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const why = error.status === 0 ? w.dispute.fileFailed(file.name) : refusalText(error, w.errors);
      change(key, { problem: why });
    }
  };
  const add = (chosen: readonly File[]) => {
    const room = MOST_FILES - files.filter(({ problem }) => problem === null).length;
    for (const file of chosen.slice(0, room)) {
      const key = crypto.randomUUID();
      const problem = TYPES.includes(file.type)
        ? file.size > MOST_BYTES
          ? w.dispute.tooLarge(file.name)
          : null
        : w.dispute.wrongType(file.name);
      setFiles((all) => [...all, { key, name: file.name, share: 0, id: null, problem }]);
      if (problem === null) void send(file, key);
    }
  };
  return {
    files,
    add,
    remove: (key: string) => setFiles((all) => all.filter((one) => one.key !== key)),
    sent: files.flatMap(({ id }) => id ?? []),
    areMoving: files.some(({ id, problem }) => id === null && problem === null),
    isFull: files.filter(({ problem }) => problem === null).length >= MOST_FILES,
  };
}

export function Files({ files }: { files: ChosenFiles }) {
  const { w } = useAllWords();
  const picker = useRef<HTMLInputElement>(null);
  return (
    <div className={classes.files} role="group" aria-labelledby="files-title">
      <p id="files-title" className={classes.filesTitle}>
        {w.dispute.files} <span>({w.shell.optional})</span>
      </p>
      <p className={classes.hint} id="files-hint">
        {w.dispute.filesHint(MOST_FILES)}
      </p>
      <ul>
        {files.files.map((one) => (
          <One key={one.key} file={one} remove={() => files.remove(one.key)} />
        ))}
      </ul>
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        accept={TYPES.join(",")}
        aria-label={w.dispute.add}
        onChange={(event) => {
          files.add([...(event.target.files ?? [])]);
          event.target.value = "";
        }}
      />
      <Button
        disabled={files.isFull}
        aria-describedby="files-hint"
        onClick={() => picker.current?.click()}
      >
        {w.dispute.add}
      </Button>
    </div>
  );
}

function One({ file, remove }: { file: Moving; remove: () => void }) {
  const { w } = useAllWords();
  const { name, share, id, problem } = file;
  return (
    <li className={classes.file}>
      <div>
        <p className={classes.name}>{name}</p>
        {problem !== null ? (
          <p className={classes.problem} role="alert">
            {problem}
          </p>
        ) : id !== null ? (
          <p className={classes.hint} role="status">
            {w.dispute.sent}
          </p>
        ) : (
          <progress max={1} value={share} aria-label={w.dispute.sending(name)} />
        )}
      </div>
      <Button kind="quiet" aria-label={w.dispute.remove(name)} onClick={remove}>
        {w.dispute.removeShort}
      </Button>
    </li>
  );
}
