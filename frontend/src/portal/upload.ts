/** A file on its way to the server. Only XMLHttpRequest tells how far it has come. */
import { ApiError, saidWithChanges } from "@/api/client";
import type { Problem } from "@/api/models";

import type { SentFile } from "./model";
import { endpoints } from "./paths";

export const MOST_BYTES = 4_000_000;
export const MOST_FILES = 5;
export const TYPES = ["application/pdf", "image/png", "image/jpeg"];

const TIMEOUT_MS = 120_000; // 4 MB over a poor mobile network

export function upload(file: File, key: string, onProgress: (share: number) => void): Promise<SentFile> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", endpoints.files);
    request.timeout = TIMEOUT_MS;
    request.responseType = "json";
    request.setRequestHeader("Content-Type", file.type);
    request.setRequestHeader("X-Saldo-Request", "1");
    for (const [name, value] of saidWithChanges()) request.setRequestHeader(name, value);
    request.setRequestHeader("X-File-Name", encodeURIComponent(file.name));
    request.setRequestHeader("Idempotency-Key", key);
    request.upload.onprogress = ({ loaded, total }) => onProgress(total === 0 ? 0 : loaded / total);
    request.onload = () => {
      const answer: unknown = request.response;
      if (request.status < 300) resolve(answer as SentFile);
      else reject(new ApiError(request.status, answer as Problem | null, null));
    };
    const fail = () => reject(new ApiError(0, null, null));
    request.onerror = fail;
    request.ontimeout = fail;
    request.send(file);
  });
}
