// Twilio's own package: signs requests, and sends to the stand-in. Works on lines of JSON.
// node twilio_sign.mjs sign TOKEN  <  [address, parameters]   a name may have a list of values
// node twilio_sign.mjs send ADDRESS ACCOUNT TOKEN  <  parameters of messages.create
import { readFileSync } from 'node:fs';
import twilio from 'twilio';

const [work, ...given] = process.argv.slice(2);
const lines = readFileSync(0, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line));
const tell = (value) => process.stdout.write(`${JSON.stringify(value)}\n`);

if (work === 'sign') {
  for (const [address, parameters] of lines) {
    tell(twilio.getExpectedTwilioSignature(given[0], address, parameters));
  }
} else {
  const [address, account, token] = given;
  const http = new twilio.RequestClient();
  const httpClient = {
    request: (options) =>
      http.request({ ...options, uri: options.uri.replace(/^https:\/\/[^/]+/, address) }),
  };
  const client = twilio(account, token, { httpClient });
  for (const parameters of lines) {
    try {
      const sent = parameters.list
        ? await client.messages.list(parameters.list)
        : [await client.messages.create(parameters)];
      tell({ sent: sent.map(({ sid, status, body, to }) => ({ sid, status, body, to })) });
    } catch (error) {
      tell({ status: error.status, code: error.code, said: error.message });
    }
  }
}
