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

// Bits for text in a segment: parts of a longer text lose six bytes each to a header.
const aloneBits = 1_120;
const partBits = 1_072;

/** How many texts a message is billed as, by Twilio's own calculator. */
export function countSegments(text: string): SegmentCount {
  const message = new SegmentedMessage(text);
  const encoding = message.encodingName === "GSM-7" ? "GSM-7" : "UCS-2";
  return {
    segments: message.segmentsCount,
    encoding,
    characters: text.length,
    remaining: Math.floor(freeBits(message) / (encoding === "GSM-7" ? 7 : 16)),
  };
}

function freeBits({ segments, segmentsCount }: SegmentedMessage): number {
  const last = segments.at(-1);
  return (segmentsCount > 1 ? partBits : aloneBits) - (last?.messageSizeInBits() ?? 0);
}
