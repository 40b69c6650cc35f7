// Errors with a name, an HTTP status and a sentence for people. The error page and the alerts print `message` as it is.

export class ParleyError extends Error {
  readonly status: number;
  constructor(status: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
    this.name = new.target.name;
  }
}

/** The form or address holds something we cannot use. */
export class Invalid extends ParleyError {
  constructor(message: string) {
    super(422, message);
  }
}

/** More than is taken at once. */
export class TooLarge extends ParleyError {
  constructor(message: string) {
    super(413, message);
  }
}

/** More often than it may be done. */
export class TooMany extends ParleyError {
  readonly retryAfterSeconds: number;
  /** Which limit it was. */
  readonly limit: string;
  constructor(message: string, retryAfterSeconds: number, limit: string) {
    super(429, message);
    this.retryAfterSeconds = retryAfterSeconds;
    this.limit = limit;
  }
}

/** A form that another site's page sent. */
export class ForeignForm extends ParleyError {
  constructor() {
    super(403, "This form came from another site. Open Parley itself, and fill it in there.");
  }
}

export class NotFound extends ParleyError {
  constructor(message = "There is nothing at this address.") {
    super(404, message);
  }
}

const credentialSentences = {
  wrong:
    "Twilio does not know this Account SID and Auth token together. Copy both again from the Twilio Console.",
  suspended: "Twilio has suspended this account. Sign in to the Twilio Console to see why, then try again.",
  closed: "This Twilio account is closed. Use another account.",
  ended:
    "Nobody is signed in to this account any more, or Twilio no longer takes its Auth token. Sign in again.",
  notThisToken:
    "That is not the Auth token that Parley knows of this account. Copy it again from the Twilio Console.",
  notAllowed:
    "This Parley does not serve this account. Ask whoever runs it to add the Account SID to ALLOWED_ACCOUNTS.",
  test: "These are test credentials, which cannot read messages or numbers. Use the account's live credentials.",
};

/** Twilio does not accept the Account SID and Auth Token, or the account may not be used; `message` says which. */
export class BadCredentials extends ParleyError {
  readonly reason: keyof typeof credentialSentences;
  constructor(reason: BadCredentials["reason"]) {
    super(401, credentialSentences[reason]);
    this.reason = reason;
  }
}

/** Twilio answered with a clear no (HTTP 4xx). Nothing happened at Twilio. `message` is Twilio's own. */
export class TwilioRefused extends ParleyError {
  /** Twilio's error code, e.g. 21610; null when Twilio gave none. */
  readonly code: number | null;
  constructor(message: string, code: number | null, status = 422) {
    super(status, message);
    this.code = code;
  }
}

/** Too many calls at once (HTTP 429): the call was not processed and may safely be made again. */
export class TwilioBusy extends ParleyError {
  constructor() {
    super(503, "Twilio is busy with this account's other requests. Try again in a moment.");
  }
}

/** No connection could be made, so nothing happened at Twilio. */
export class TwilioUnreachable extends ParleyError {
  constructor(options?: ErrorOptions) {
    super(502, "Twilio cannot be reached right now. Check this server's connection and try again.", options);
  }
}

/** The call may have reached Twilio, but its answer was lost (timeout, reset, HTTP 5xx, unreadable). */
export class AnswerLost extends ParleyError {
  constructor(options?: ErrorOptions) {
    super(
      504,
      "Twilio did not answer properly, so it is not certain what happened. Check before you try again.",
      options,
    );
  }
}

const storeSentences = {
  full: "This server's disk is full. Nothing that was received before is lost; Parley goes on as soon as there is space.",
  away: "Parley cannot reach its storage right now. Nothing was lost; try again in a moment.",
  damaged:
    "Parley's database is damaged. It is a cache: stop Parley, move the file away (DATA_DIR/parley.db with -wal and -shm), start it and sign in again; messages come back from Twilio, names from a backup or a copy.",
  tooNew:
    "This database was written by a newer Parley. Start that version again, or move the database away and sign in again: it is a cache; names come back from a backup or a copy.",
};

/** The database cannot be reached or written to. */
export class StoreUnavailable extends ParleyError {
  constructor(options?: ErrorOptions, message = storeSentences.away) {
    super(503, message, options);
  }
}

/** There is no space left for the database. */
export class StoreFull extends StoreUnavailable {
  constructor(options?: ErrorOptions) {
    super(options, storeSentences.full);
  }
}

/** The database is there, but is not what Parley wrote. */
export class StoreDamaged extends StoreUnavailable {
  constructor(options?: ErrorOptions) {
    super(options, storeSentences.damaged);
  }
}

/** The database was last written by a newer Parley, whose tables this one does not know. */
export class StoreTooNew extends StoreUnavailable {
  constructor(options?: ErrorOptions) {
    super(options, storeSentences.tooNew);
  }
}
