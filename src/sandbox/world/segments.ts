import { SegmentedMessage } from "sms-segments-calculator";

// So many characters of any kind fit into one segment.
const alwaysOne = 70;

export function segmentsOf(body: string): number {
  return body.length <= alwaysOne ? 1 : new SegmentedMessage(body).segmentsCount;
}
