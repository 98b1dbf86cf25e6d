package io.github.k8sclient.test;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.netty.DisposableServer;
import reactor.netty.http.Http11SslContextSpec;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.WebsocketServerSpec;
import reactor.netty.http.websocket.WebsocketInbound;
import reactor.netty.tcp.SslProvider.GenericSslContextSpec;

/**
 * What an API server expects of a kubelet to which it passes streams on: WebSockets over
 * TLS whose messages begin with the number of a channel. There are two commands,
 * {@code cat}, which also takes a line {@code end} for the end of its input, and
 * {@code fail}; the process of each container greets, and port 8080 answers in capital
 * letters. Logs tell the options that are asked for, and end unless somebody follows
 * them.
 */
final class FakeKubelet implements AutoCloseable {

	private static final String SUCCESS = "{\"metadata\":{},\"status\":\"Success\"}";

	private final List<String> requests = new CopyOnWriteArrayList<>();

	private final List<String> subprotocols = new CopyOnWriteArrayList<>();

	private final DisposableServer server;

	FakeKubelet() {
		ServerCertificate certificate = ServerCertificate.create();
		GenericSslContextSpec<?> tls = Http11SslContextSpec.forServer(certificate.key(), certificate.certificate());
		this.server = HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.secure((ssl) -> ssl.sslContext(tls))
			.handle(this::handle)
			.bindNow();
	}

	int port() {
		return this.server.port();
	}

	/** Return the targets of the requests. */
	List<String> requests() {
		return this.requests;
	}

	/** Return the subprotocols that have been agreed on. */
	List<String> subprotocols() {
		return this.subprotocols;
	}

	private Publisher<Void> handle(HttpServerRequest request, HttpServerResponse response) {
		this.requests.add(request.uri());
		QueryStringDecoder target = new QueryStringDecoder(request.uri());
		if (!request.requestHeaders().contains(HttpHeaderNames.UPGRADE)) {
			Flux<String> lines = Flux.just(request.uri() + "\n", "end\n");
			boolean follow = target.parameters().containsKey("follow");
			return response.send(lines.concatWith(follow ? Flux.never() : Flux.empty())
				.map((line) -> Unpooled.copiedBuffer(line, StandardCharsets.UTF_8)), (line) -> true);
		}
		String spoken = target.path().startsWith("/portForward/") ? "v4.channel.k8s.io"
				: "v5.channel.k8s.io,v4.channel.k8s.io";
		return response.sendWebsocket((in, out) -> {
			this.subprotocols.add(String.valueOf(in.selectedSubprotocol()));
			return out
				.sendObject(
						answer(target, in).map((message) -> new BinaryWebSocketFrame(Unpooled.wrappedBuffer(message))),
						(message) -> true)
				.then();
		}, WebsocketServerSpec.builder().protocols(spoken).build());
	}

	private static Flux<byte[]> answer(QueryStringDecoder target, WebsocketInbound in) {
		// to end reading is to close, which must wait for the status
		Flux<byte[]> incoming = in.receiveFrames()
			.map((frame) -> ByteBufUtil.getBytes(frame.content()))
			.publish()
			.autoConnect();
		if (target.path().startsWith("/portForward/")) {
			return forward(incoming);
		}
		List<String> command = target.parameters().getOrDefault("command", List.of("greet"));
		return switch (command.get(0)) {
			case "cat" -> incoming.takeUntil(FakeKubelet::isEnd)
				.filter((message) -> message[0] == 0 && !isEnd(message))
				.map((message) -> message(1, text(message)))
				.concatWithValues(message(3, SUCCESS));
			case "fail" -> Flux.just(message(1, ""), message(2, "no way"), message(3, failure()));
			default -> Flux.just(message(1, "hello"), message(3, SUCCESS));
		};
	}

	private static Flux<byte[]> forward(Flux<byte[]> incoming) {
		byte[] port = { 0, (byte) 0x90, 0x1f };
		byte[] errors = { 1, (byte) 0x90, 0x1f };
		return Flux.just(port, errors)
			.concatWith(incoming.takeUntil((message) -> text(message).endsWith("bye"))
				.map((message) -> message(0, text(message).toUpperCase(Locale.ROOT))));
	}

	private static boolean isEnd(byte[] message) {
		return (message[0] & 0xff) == 255 || text(message).equals("end\n");
	}

	private static String failure() {
		return "{\"metadata\":{},\"status\":\"Failure\",\"reason\":\"NonZeroExitCode\","
				+ "\"message\":\"command terminated with non-zero exit code\",\"details\":{\"causes\":"
				+ "[{\"reason\":\"ExitCode\",\"message\":\"3\"}]}}";
	}

	private static String text(byte[] message) {
		return new String(message, 1, message.length - 1, StandardCharsets.UTF_8);
	}

	private static byte[] message(int channel, String text) {
		byte[] message = (" " + text).getBytes(StandardCharsets.UTF_8);
		message[0] = (byte) channel;
		return message;
	}

	@Override
	public void close() {
		this.server.disposeNow();
	}

}
