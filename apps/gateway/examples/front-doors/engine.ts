// node engine.ts "What does this project do?" – a prompt in the frames of hotplexd, and the answer as it grows.
import { WebSocket } from 'ws';

const { HOTPLEX_URL = 'http://127.0.0.1:8888', HOTPLEX_KEY = '' } = process.env;
const socket = new WebSocket(`${HOTPLEX_URL.replace(/^http/, 'ws')}/ws/v1/agent`, {
  headers: { Authorization: `Bearer ${HOTPLEX_KEY}` },
});

socket.on('open', () => {
  const prompt = process.argv[2] ?? 'Hello!';
  socket.send(JSON.stringify({ request_id: 1, type: 'execute', session_id: 'from-a-script', prompt }));
});
socket.on('message', (frame) => {
  const { event, data } = JSON.parse(String(frame));
  if (event === 'answer') process.stdout.write(data.event_data);
  if (event === 'error') console.error(data.message);
  if (event === 'completed' || event === 'error') socket.close();
});
