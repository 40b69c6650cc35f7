import type { MediaStore } from "../../models/chat/store.ts";
import type { MediaPart } from "../../models/types.ts";
import type { Writer } from "../commits/writer.ts";
import type { MediaFiles } from "./mediaFiles.ts";
import { addMedia } from "./mediaRows.ts";
import { rowsById } from "./messageTable.ts";

export class Media implements MediaStore {
  readonly #writer: Writer;
  readonly #files: MediaFiles;

  constructor(writer: Writer, files: MediaFiles) {
    this.#writer = writer;
    this.#files = files;
  }

  async keep(accountSid: string, messageId: string, parts: MediaPart[]): Promise<void> {
    await this.#writer.write(accountSid, async (unit) => {
      const [row] = await rowsById(unit, [messageId]);
      if (row && (await addMedia(unit, messageId, parts))) unit.announce({ kind: "changed", messageId });
    });
  }

  file(accountSid: string, sid: string): Promise<string | undefined> {
    return this.#files.find(accountSid, sid);
  }

  keepFile(accountSid: string, sid: string, content: AsyncIterable<Uint8Array>): Promise<string> {
    return this.#files.keep(accountSid, sid, content);
  }
}
