import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';
import { type ContainerGroupId, containerGroupIdFaults } from '../aci/containerGroupId.ts';
import { createdAtOf } from './runId.ts';
import { deriveKey } from './sealing/deriveKey.ts';

/** Which run a ticket is for. */
export type TicketedRun = { containerGroup: ContainerGroupId; runId: string };

/** Lets whoever holds a ticket follow one run for a while, with no key: it stands in a URL. */
export type Tickets = {
  /**
   * The same ticket for the same run, expiry and secret.
   * @param given.expiresAt milliseconds since 1970, before 36000; cut to the second.
   * @returns text for a segment of a path, at most 400 characters for every group that ARM can have: its names are at most
   * 90 UTF-16 code units long.
   * @throws RangeError when an id is none, or the time is out of range.
   */
  issue(given: TicketedRun & { expiresAt: number }): string;
  /**
   * The run; its id and the subscription's in lower case, the rest as it was issued. Undefined when the ticket is not this app's, or has expired.
   * @param now milliseconds since 1970.
   */
  read(ticket: string, now: number): TicketedRun | undefined;
};

// A ticket is `<group's name>_<base64url of the payload><base64url of the HMAC of all before it>`. The payload: version, expiry,
// run id and subscription in fixed places, then the resource group in UTF-16, in which letters of every script are short.
const version = 1;
const at = { expiry: 1, runId: 6, subscription: 22, resourceGroup: 38 };
const latestSecond = 2 ** 40 - 1;
const hmacCharacters = 43;

/** @param secrets of LAUNCHER_SECRET, at least one: the first signs, all of them are taken. */
export function createTickets(secrets: readonly string[]): Tickets {
  const keys = secrets.map((secret) => createSecretKey(deriveKey(secret, 'tickets', 32)));
  const [first] = keys;
  if (first === undefined) {
    throw new RangeError('Tickets need a secret.');
  }
  return {
    issue({ containerGroup, runId, expiresAt }) {
      const second = Math.floor(expiresAt / 1000);
      if (
        containerGroupIdFaults(containerGroup).length > 0 ||
        createdAtOf(runId) === undefined ||
        !(second >= 0 && second <= latestSecond)
      ) {
        throw new RangeError('There is no ticket for such a run or time.');
      }
      const payload = Buffer.alloc(at.resourceGroup);
      payload.writeUInt8(version);
      payload.writeUIntBE(second, at.expiry, 5);
      payload.write(runId.replaceAll('-', ''), at.runId, 'hex');
      payload.write(containerGroup.subscriptionId.replaceAll('-', ''), at.subscription, 'hex');
      const resourceGroup = Buffer.from(containerGroup.resourceGroup, 'utf16le');
      const text = `${containerGroup.name}_${Buffer.concat([payload, resourceGroup]).toString('base64url')}`;
      return text + hmacOf(text, first);
    },
    read(ticket, now) {
      const text = ticket.slice(0, -hmacCharacters);
      const hmac = Buffer.from(ticket.slice(-hmacCharacters));
      // The HMAC is compared as text, so that base64's other texts for the same bytes are not taken.
      const isOurs = keys.some((key) => {
        const expected = Buffer.from(hmacOf(text, key));
        return hmac.length === expected.length && timingSafeEqual(hmac, expected);
      });
      return isOurs ? contentOf(text, now) : undefined;
    },
  };
}

function hmacOf(text: string, key: KeyObject): string {
  return createHmac('sha256', key).update(text).digest('base64url');
}

function contentOf(text: string, now: number): TicketedRun | undefined {
  const end = text.indexOf('_');
  const payload = Buffer.from(text.slice(end + 1), 'base64url');
  if (payload.at(0) !== version || now >= payload.readUIntBE(at.expiry, 5) * 1000) {
    return undefined;
  }
  return {
    containerGroup: {
      subscriptionId: guidOf(payload.subarray(at.subscription, at.resourceGroup)),
      resourceGroup: payload.subarray(at.resourceGroup).toString('utf16le'),
      name: text.slice(0, end),
    },
    runId: guidOf(payload.subarray(at.runId, at.subscription)),
  };
}

function guidOf(bytes: Buffer): string {
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
