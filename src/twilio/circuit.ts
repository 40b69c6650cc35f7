import {
  circuitBreaker,
  ConsecutiveBreaker,
  ExponentialBackoff,
  handleWhen,
  isBrokenCircuitError,
  type CircuitBreakerPolicy,
} from "cockatiel";
import { TwilioUnreachable } from "../models/errors.ts";

export interface CircuitTerms {
  /** In a row, of one product of Twilio's. */
  failures: number;
  /** Until one call is let through again to see; doubled each time up to `longestMs`. */
  firstMs: number;
  longestMs: number;
}

export const usualCircuit: CircuitTerms = { failures: 8, firstMs: 2_000, longestMs: 10_000 };

/** What Twilio answered, should it have. */
interface Answer {
  statusCode: number;
}

/**
 * Spares a Twilio that does not answer: after so many failures reads fail at once, until one that is let through comes
 * back. What people send or buy is always tried.
 */
export class Circuits {
  readonly #terms: CircuitTerms;
  readonly #byProduct = new Map<string, CircuitBreakerPolicy>();

  constructor(terms: CircuitTerms) {
    this.#terms = terms;
  }

  /** Throws TwilioUnreachable without asking while the circuit of this product is open. */
  async read<T extends Answer>(product: string, call: () => Promise<T>): Promise<T> {
    let answer: T | undefined;
    try {
      return await this.#circuit(product).execute(async () => {
        answer = await call();
        if (answer.statusCode >= 500) throw new Faulty();
        return answer;
      });
    } catch (error) {
      if (error instanceof Faulty && answer) return answer;
      if (isBrokenCircuitError(error))
        throw new TwilioUnreachable({ cause: `No answer from ${product} lately` });
      throw error;
    }
  }

  #circuit(product: string): CircuitBreakerPolicy {
    const known = this.#byProduct.get(product);
    if (known) return known;
    const { failures, firstMs, longestMs } = this.#terms;
    const circuit = circuitBreaker(handleWhen(isTwilios), {
      breaker: new ConsecutiveBreaker(failures),
      halfOpenAfter: new ExponentialBackoff({ initialDelay: firstMs, maxDelay: longestMs }),
    });
    this.#byProduct.set(product, circuit);
    return circuit;
  }
}

/** An answer that says Twilio is in trouble. */
class Faulty extends Error {}

// What was given up here says nothing about Twilio.
function isTwilios(error: unknown): boolean {
  return !(error instanceof Error && "code" in error && error.code === "ERR_CANCELED");
}
