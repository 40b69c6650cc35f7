import { text } from "../http/format.ts";
import { readMultipart } from "../http/forms.ts";
import type { NewMedia } from "../world/newMessage.ts";
import { samplePicture } from "./samples.ts";

// What Twilio takes in one message; the rest of the form needs a little room too.
const largestPicture = 5_000_000;
const largestForm = largestPicture + 100_000;

export const readUpload = readMultipart(largestForm);

export class UnusablePicture extends Error {}

/** The picture that a form carries: a file, else the chosen sample. */
export async function picturesIn(form: FormData): Promise<NewMedia[]> {
  const file = form.get("picture");
  if (file instanceof File && file.size > 0) return [await pictureFrom(file)];
  const content = samplePicture(text(form.get("sample")));
  return content ? [{ contentType: "image/png", content }] : [];
}

async function pictureFrom(file: File): Promise<NewMedia> {
  if (!/^image\/[\w.+-]+$/.test(file.type) || file.size > largestPicture) throw new UnusablePicture();
  return { contentType: file.type, content: Buffer.from(await file.arrayBuffer()) };
}
