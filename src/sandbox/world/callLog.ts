/** One HTTP call, to the API or to somebody's webhook. */
export interface LoggedCall {
  id: string;
  at: Date;
  kind: "api" | "webhook";
  accountSid: string;
  method: string;
  url: string;
  /** 0 when there was no answer. */
  status: number;
  requestHeaders: Record<string, string>;
  form: Record<string, string>;
  answer: string;
}

const kept = 500;
const longestAnswer = 4_000;

/** The latest calls, newest first. */
export class CallLog {
  #calls: LoggedCall[] = [];
  #count = 0;

  add(call: Omit<LoggedCall, "id" | "at">): LoggedCall {
    this.#count += 1;
    const logged = {
      ...call,
      answer: call.answer.slice(0, longestAnswer),
      id: String(this.#count),
      at: new Date(),
    };
    this.#calls = [logged, ...this.#calls.slice(0, kept - 1)];
    return logged;
  }

  list(): LoggedCall[] {
    return this.#calls;
  }

  find(id: string): LoggedCall | undefined {
    return this.#calls.find((call) => call.id === id);
  }
}
