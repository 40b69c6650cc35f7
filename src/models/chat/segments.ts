import { SegmentedMessage } from "sms-segments-calculator";

/** Twilio refuses longer bodies (21617), counted in UTF-16 units whatever the encoding. */
export const maxBody = 1_600;

export interface SegmentCount {
  /** How many texts it is billed as; 1 also for no text. */
  segments: number;
  /** One sign outside GSM-7 turns the whole text into UCS-2. */
  encoding: "GSM-7" | "UCS-2";
  /** In UTF-16 units, the ones that `maxBody` counts. */
  characters: number;
  /** Plain characters that still fit without one more segment. */
  remaining: number;
}

/** How many texts a message is billed as, by Twilio's own calculator. */
export function countSegments(text: string): SegmentCount {
  const message = new SegmentedMessage(text);
  const [encoding, bits] =
    message.encodingName === "GSM-7" ? (["GSM-7", 7] as const) : (["UCS-2", 16] as const);
  return {
    segments: message.segmentsCount,
    encoding,
    characters: text.length,
    remaining: Math.floor((message.segments.at(-1)?.freeSizeInBits() ?? 1_120) / bits),
  };
}
