package io.github.k8sclient.test;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.handler.codec.http.HttpHeaderNames;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers requests for the subresources {@code exec} and {@code attach} of pods, as the
 * API server together with a kubelet does: by a WebSocket each of whose messages begins
 * with the number of a channel.
 */
final class PodPrograms {

	private static final List<String> SUBPROTOCOLS = List.of("v5.channel.k8s.io", "v4.channel.k8s.io");

	private static final int STDIN = 0;

	private static final int ERROR = 3;

	private static final int CLOSE = 255;

	private final Map<String, PodProgram> programs = new ConcurrentHashMap<>();

	void put(String namespace, String pod, PodProgram program) {
		this.programs.put(namespace + "/" + pod, program);
	}

	void clear() {
		this.programs.clear();
	}

	ApiResponse answer(ApiRequest request, ResourcePath path, ObjectNode pod) {
		if (!"websocket".equalsIgnoreCase(request.header(HttpHeaderNames.UPGRADE))) {
			throw Statuses.badRequest("Upgrade request required");
		}
		QueryParameters parameters = request.parameters();
		String name = path.requiredName();
		String container = PodLogs.container(name, pod.path("spec"), parameters.text("container"));
		PodProgram program = this.programs.get(path.namespace() + "/" + name);
		if (program == null) {
			throw Statuses.badRequest("pod " + name + " does not have a host assigned");
		}
		List<String> command = parameters.texts("command");
		boolean terminal = parameters.isOn("tty");
		return ApiResponse.webSocket(SUBPROTOCOLS, (incoming) -> {
			Sinks.Many<byte[]> stdin = Sinks.many().unicast().onBackpressureBuffer();
			// kept, as to end reading is to close, which must wait for the status
			Mono<Void> reading = incoming.doOnNext((message) -> read(message, stdin)).then().cache();
			return run(program, new PodProgram.Execution(container, command, terminal, stdin.asFlux()))
				.takeUntilOther(reading);
		});
	}

	private static void read(byte[] message, Sinks.Many<byte[]> stdin) {
		int channel = (message.length > 1) ? message[0] & 0xff : -1;
		if (channel == STDIN) {
			stdin.tryEmitNext(Arrays.copyOfRange(message, 1, message.length));
		}
		else if (channel == CLOSE && message[1] == STDIN) {
			stdin.tryEmitComplete();
		}
	}

	private static Flux<byte[]> run(PodProgram program, PodProgram.Execution execution) {
		return Flux.defer(() -> {
			AtomicInteger exitCode = new AtomicInteger();
			return Flux.defer(() -> program.run(execution)).<byte[]>handle((output, sink) -> {
				if (output.isExit()) {
					exitCode.set(output.exitCode());
				}
				else {
					sink.next(message(output.channel(), output.content()));
				}
			})
				.concatWith(Mono.fromSupplier(() -> message(ERROR, Statuses.exit(exitCode.get()))))
				.onErrorResume((ex) -> Mono.just(message(ERROR, Statuses.internalError(String.valueOf(ex)).status())));
		});
	}

	private static byte[] message(int channel, ObjectNode status) {
		return message(channel, status.toString().getBytes(StandardCharsets.UTF_8));
	}

	private static byte[] message(int channel, byte[] content) {
		byte[] message = new byte[content.length + 1];
		message[0] = (byte) channel;
		System.arraycopy(content, 0, message, 1, content.length);
		return message;
	}

}
