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
const longestPart = 4_000;
const mostFields = 100;

/** The latest calls, newest first. */
export class CallLog {
  #calls: LoggedCall[] = [];
  #count = 0;

  add(call: Omit<LoggedCall, "id" | "at">): LoggedCall {
    this.#count += 1;
    const logged = {
      ...call,
      url: call.url.slice(0, longestPart),
      form: shortened(call.form),
      requestHeaders: shortened(call.requestHeaders),
      answer: call.answer.slice(0, longestPart),
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

function shortened(fields: Record<string, string>): Record<string, string> {
  const some = Object.entries(fields).slice(0, mostFields);
  return Object.fromEntries(
    some.map(([name, value]) => [name.slice(0, longestPart), value.slice(0, longestPart)]),
  );
}
