// JSON-RPC over HTTP, on connections that are kept: for so much that the client library would be the slower side.

import { Agent, request } from 'node:http';

export class Rpc {
  #agent = new Agent({ keepAlive: true, maxSockets: 8 });
  #url;

  /** `url` is that of a node, as in `ws://127.0.0.1:9944`. */
  constructor(url) {
    this.#url = url.replace(/^ws/, 'http');
  }

  async ask(method, ...params) {
    return result(method, await this.#post({ jsonrpc: '2.0', id: 1, method, params }));
  }

  /** Asks the same with one list of parameters after the other, in one request. */
  async askEach(method, each) {
    const answers = await this.#post(each.map((params, id) => ({ jsonrpc: '2.0', id, method, params })));
    // An answer that is no list is an error about all of them.
    return [answers].flat().map((answer) => result(method, answer));
  }

  #post(body) {
    const headers = { 'Content-Type': 'application/json' };
    return new Promise((resolve, reject) => {
      const sent = request(this.#url, { agent: this.#agent, method: 'POST', headers }, (response) => {
        const chunks = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          try {
            resolve(JSON.parse(text));
          } catch {
            reject(new Error(`the node answers ${response.statusCode}: ${text.slice(0, 200)}`));
          }
        });
      });
      sent.on('error', reject);
      sent.end(JSON.stringify(body));
    });
  }
}

function result(method, { result, error }) {
  if (error) throw new Error(`${method}: ${error.message}${error.data ? `: ${JSON.stringify(error.data)}` : ''}`);
  return result;
}
