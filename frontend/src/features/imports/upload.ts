/** Bring a file to the server in parts. What has arrived is not sent again. */
import { useState } from "react";

import { post, putBytes } from "@/api/client";
import { useCommand } from "@/api/command";
import type { ImportFile, ImportInput } from "@/api/models";
import { endpoints } from "@/config/paths";

export const MAX_BYTES = 25_000_000;
const PART_BYTES = 1_000_000; // a slow line sends it well within the time of a request

interface Wanted {
  file: File;
  what: ImportInput["what"];
  /** An upload that was interrupted goes on. */
  begun?: ImportFile;
}

/** How much has arrived, and the command that sends the rest. */
export function useUpload() {
  const [sent, setSent] = useState(0);
  const command = useCommand(async ({ file, what, begun }: Wanted, key) => {
    const one =
      begun ??
      (await post<ImportFile>(
        endpoints.imports,
        { what, file_name: file.name, size_bytes: file.size },
        key,
      ));
    for (const number of missing(file, one.parts)) {
      const part = file.slice((number - 1) * PART_BYTES, number * PART_BYTES);
      await putBytes<ImportFile>(endpoints.importPart(one.id, number), part);
      setSent(number * PART_BYTES);
    }
    return post<ImportFile>(endpoints.importStep(one.id, "complete"), {}, `${key}-complete`);
  });
  return { sent, ...command };
}

/** The numbers of the parts that are not there yet. */
export function missing(file: Pick<File, "size">, there: readonly number[]): number[] {
  const count = Math.ceil(file.size / PART_BYTES);
  return Array.from({ length: count }, (_, at) => at + 1).filter((one) => !there.includes(one));
}

/** 37 for 37 %; never more than 100. */
export function percentOf(sent: number, size: number): number {
  return size === 0 ? 0 : Math.min(100, Math.floor((sent * 100) / size));
}
