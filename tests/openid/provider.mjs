// A real OpenID provider on a free port of this machine, for tests. Its one argument is JSON: clients, accounts,
// the audience of access tokens. It says its address in one line, and ends when whoever started it goes.
import { generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";

import { Provider } from "oidc-provider";

const told = JSON.parse(process.argv[2]);

function privateJwk(kid, alg, type, options) {
  const { privateKey } = generateKeyPairSync(type, options);
  return { ...privateKey.export({ format: "jwk" }), kid, alg, use: "sig" };
}

const configuration = {
  clients: told.clients,
  claims: { openid: ["sub"], profile: ["name"], email: ["email"], organisation: ["organisation"] },
  cookies: { keys: ["for tests only"] },
  jwks: {
    keys: [
      privateJwk("rsa-1", "RS256", "rsa", { modulusLength: 2048 }),
      privateJwk("ec-1", "ES256", "ec", { namedCurve: "P-256" }),
    ],
  },
  features: {
    resourceIndicators: {
      enabled: true,
      getResourceServerInfo: (_, resource) => ({
        audience: resource,
        scope: "openid",
        accessTokenTTL: 300,
        accessTokenFormat: "jwt",
        jwt: { sign: { alg: "ES256" } },
      }),
    },
  },
  findAccount: (_, sub) => ({
    accountId: sub,
    claims: () => ({ sub, ...told.accounts[sub] }),
  }),
  pkce: { required: () => true },
  ttl: {
    AuthorizationCode: (_, __, client) => (client.clientId.startsWith("hasty") ? 1 : 60),
    AccessToken: 300,
    Grant: 3600,
    IdToken: 300,
    Interaction: 600,
    Session: 3600,
  },
};

const server = createServer();
server.listen(0, "127.0.0.1", () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, configuration);
  server.on("request", provider.callback());
  process.stdout.write(`${JSON.stringify({ issuer })}\n`);
});
process.stdin.resume();
process.stdin.on("end", () => process.exit(0));
