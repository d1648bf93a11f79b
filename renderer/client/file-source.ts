import type { InputOf } from '../../main/contract/contract.ts';

/** What the host reads: a path on its machine, or the bytes of a dropped file. */
export type ImportSource = InputOf<'import.preview'>['source'];

/** Largest file that can be sent as bytes; a larger one is read by its path. */
export const LARGEST_UPLOAD_BYTES = 64_000_000;

const CHUNK_BYTES = 0x8000;

/** The bytes of a file in base64, with its name. */
export async function sourceOf(file: File): Promise<ImportSource> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) parts.push(String.fromCharCode(...bytes.subarray(at, at + CHUNK_BYTES)));
  return { name: file.name, base64: btoa(parts.join('')) };
}

/** Offers a text as a file to keep. */
export function saveText(name: string, text: string, type = 'text/csv'): void {
  saveFile(name, new Blob([text], { type }));
}

/** Offers a file to keep. */
export function saveFile(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
