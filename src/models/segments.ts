import { SegmentedMessage } from "sms-segments-calculator";

/** Twilio refuses longer bodies (21617), counted in UTF-16 units whatever the encoding. */
export const maxBody = 1_600;

/** How many texts a message is billed as, by Twilio's own calculator. */
export function countSegments(text: string): { segments: number; encoding: "GSM-7" | "UCS-2" } {
  const message = new SegmentedMessage(text);
  return { segments: message.segmentsCount, encoding: message.encodingName === "GSM-7" ? "GSM-7" : "UCS-2" };
}
