import { SegmentedMessage } from "sms-segments-calculator";

export function segmentsOf(body: string): number {
  return body === "" ? 1 : new SegmentedMessage(body).segmentsCount;
}
