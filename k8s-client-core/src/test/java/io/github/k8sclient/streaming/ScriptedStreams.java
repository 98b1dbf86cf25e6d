package io.github.k8sclient.streaming;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import mockwebserver3.MockResponse;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.ByteString;
import org.assertj.core.api.Assertions;

/**
 * The server's side of the streams of a container: does what a test says, and keeps what
 * it gets.
 */
public final class ScriptedStreams extends WebSocketListener {

	/** The status of a success, without kind as kubelets send it. */
	public static final String SUCCESS = "{\"metadata\":{},\"status\":\"Success\"}";

	private final Consumer<WebSocket> opened;

	private final BiConsumer<WebSocket, String> received;

	private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();

	private final List<String> seen = new CopyOnWriteArrayList<>();

	private final CompletableFuture<Void> ended = new CompletableFuture<>();

	private ScriptedStreams(Consumer<WebSocket> opened, BiConsumer<WebSocket, String> received) {
		this.opened = opened;
		this.received = received;
	}

	/** Act when the WebSocket is open. */
	public static ScriptedStreams onOpen(Consumer<WebSocket> opened) {
		return new ScriptedStreams(opened, (socket, message) -> {
		});
	}

	/** Act on each message, which begins with its channel in brackets. */
	public static ScriptedStreams onMessage(BiConsumer<WebSocket, String> received) {
		return new ScriptedStreams((socket) -> {
		}, received);
	}

	/** Return the answer that opens the WebSocket. */
	public MockResponse.Builder answer(String subprotocol) {
		return new MockResponse.Builder().setHeader("Sec-WebSocket-Protocol", subprotocol).webSocketUpgrade(this);
	}

	/** Send a text on a channel. */
	public static void send(WebSocket socket, int channel, String text) {
		byte[] bytes = (" " + text).getBytes(StandardCharsets.UTF_8);
		bytes[0] = (byte) channel;
		socket.send(ByteString.of(bytes));
	}

	/** Send a status, and close in order. */
	public static void end(WebSocket socket, String status) {
		send(socket, 3, status);
		socket.close(1000, null);
	}

	/** Return the status of a command that has ended with a code. */
	public static String exit(int code) {
		return "{\"metadata\":{},\"status\":\"Failure\",\"reason\":\"NonZeroExitCode\","
				+ "\"message\":\"command terminated with non-zero exit code\",\"details\":{\"causes\":"
				+ "[{\"reason\":\"ExitCode\",\"message\":\"" + code + "\"}]}}";
	}

	/** Wait for the next message. */
	public String next() {
		try {
			String message = this.messages.poll(60, TimeUnit.SECONDS);
			Assertions.assertThat(message).as("a message").isNotNull();
			return message;
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Return all messages until now. */
	public List<String> seen() {
		return this.seen;
	}

	/** Completes when the client has closed the connection. */
	public CompletableFuture<Void> ended() {
		return this.ended;
	}

	@Override
	public void onOpen(WebSocket webSocket, Response response) {
		this.opened.accept(webSocket);
	}

	@Override
	public void onMessage(WebSocket webSocket, ByteString bytes) {
		String message = "[" + (bytes.getByte(0) & 0xff) + "]"
				+ bytes.substring(1).string(StandardCharsets.UTF_8).replace("\0", "NUL");
		this.seen.add(message);
		this.messages.add(message);
		this.received.accept(webSocket, message);
	}

	@Override
	public void onClosing(WebSocket webSocket, int code, String reason) {
		webSocket.close(1000, null);
		this.ended.complete(null);
	}

	@Override
	public void onFailure(WebSocket webSocket, Throwable failure, Response response) {
		this.ended.complete(null);
	}

}
