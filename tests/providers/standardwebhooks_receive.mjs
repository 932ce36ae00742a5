// A receiver of the clinic's on the standardwebhooks package for JavaScript.
// Prints its port, then a line of JSON for each delivery: verified or not, and its reference.
// Answers in turn with what STATUSES names: a status, "hang" or "reset"; then always 204.
import { createServer } from "node:http";
import { Webhook } from "standardwebhooks";

const webhook = new Webhook(process.env.SECRET);
const answers = (process.env.STATUSES ?? "").split(",").filter(Boolean);

const server = createServer(async (request, response) => {
  let body = "";
  for await (const chunk of request) body += chunk;
  const result = { id: request.headers["webhook-id"], verified: true };
  try {
    result.reference = webhook.verify(body, request.headers).data.reference;
  } catch (error) {
    result.verified = false;
  }
  console.log(JSON.stringify(result));
  const answer = answers.shift() ?? "204";
  if (answer === "reset") request.socket.resetAndDestroy();
  else if (answer !== "hang") response.writeHead(Number(answer)).end();
});
server.listen(0, "127.0.0.1", () => console.log(JSON.stringify({ port: server.address().port })));
