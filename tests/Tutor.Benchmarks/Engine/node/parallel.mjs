// node-llama-cpp's parallel sessions: node parallel.mjs MODEL SEQUENCES PROMPT GENERATED THREADS
// Prints one line of JSON: for each sequence the times of its tokens, in milliseconds.
import {getLlama, LlamaLogLevel} from "node-llama-cpp";

const [model, sequences, prompt, generated, threads] = [process.argv[2], ...process.argv.slice(3).map(Number)];
const llama = await getLlama({gpu: false, build: "never", skipDownload: true, progressLogs: false, logLevel: LlamaLogLevel.error, maxThreads: threads});
const loaded = await llama.loadModel({modelPath: model});
const context = await loaded.createContext({sequences, contextSize: Math.max(256, prompt + generated + 8), batchSize: 512, threads});

async function run(sequence, number) {
    const tokens = Array.from({length: prompt}, (_, i) => 1000 + ((number * 7919 + i * 104729) % 100000));
    const times = [];
    for await (const _ of sequence.evaluate(tokens, {temperature: 0, yieldEogToken: true})) {
        times.push(performance.now());
        if (times.length === generated) break;
    }
    return times;
}

const all = await Promise.all(Array.from({length: sequences}, () => context.getSequence()).map(run));
console.log(JSON.stringify(all));
process.exit(0);
