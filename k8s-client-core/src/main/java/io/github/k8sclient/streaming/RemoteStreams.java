package io.github.k8sclient.streaming;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.github.k8sclient.KubernetesException;
import io.github.k8sclient.codec.DecodingException;
import io.github.k8sclient.codec.DecodingOptions;
import io.github.k8sclient.meta.Status;
import io.github.k8sclient.rest.Request;
import io.github.k8sclient.transport.KubernetesConnectionException;
import io.github.k8sclient.wire.ObjectDecoder;
import io.github.k8sclient.wire.WireFormat;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;

import org.springframework.core.io.buffer.DataBuffer;

/**
 * The streams of one command over one WebSocket, by the subprotocols
 * {@code v5.channel.k8s.io} and {@code v4.channel.k8s.io}: the first byte of each message
 * is the channel that the rest belongs to. Version 5 can end the standard input.
 */
final class RemoteStreams {

	private static final Log logger = LogFactory.getLog(RemoteStreams.class);

	private static final String V5 = "v5.channel.k8s.io";

	private static final String V4 = "v4.channel.k8s.io";

	private static final int STDIN = 0;

	private static final int STDOUT = 1;

	private static final int STDERR = 2;

	private static final int ERROR = 3;

	private static final int RESIZE = 4;

	private static final int CLOSE = 255;

	private static final int MAX_STATUS = 1 << 20;

	private final StreamOptions options;

	private final ByteArrayOutputStream status = new ByteArrayOutputStream();

	private RemoteStreams(StreamOptions options) {
		this.options = options;
	}

	/**
	 * Open the streams.
	 * @param options which streams
	 * @param stderr whether the standard error output is wanted
	 * @return what the container writes, and how it ends
	 */
	static Flux<Event> open(StreamOptions options, boolean stderr) {
		return Flux.defer(() -> {
			Request request = options.toRequest(stderr);
			RemoteStreams streams = new RemoteStreams(options);
			return request.webSocket(List.of(V5, V4), streams::outgoing)
				.<Event>handle(streams::accept)
				.onErrorResume(KubernetesConnectionException.class, streams::broken)
				.concatWith(Mono.fromSupplier(streams::end));
		});
	}

	private void accept(DataBuffer message, SynchronousSink<Event> sink) {
		if (message.readableByteCount() < 2) {
			return;
		}
		int channel = ChannelMessages.channel(message);
		switch (channel) {
			case STDOUT -> sink.next(new Output(new OutputChunk(OutputChunk.Source.STDOUT, message)));
			case STDERR -> sink.next(new Output(new OutputChunk(OutputChunk.Source.STDERR, message)));
			case ERROR -> appendStatus(message);
			default -> logger.debug("Ignored a message of " + message.readableByteCount()
					+ " bytes for the unknown channel " + channel);
		}
	}

	private void appendStatus(DataBuffer message) {
		if (this.status.size() + message.readableByteCount() > MAX_STATUS) {
			throw new KubernetesException("The status of the command is longer than " + MAX_STATUS + " bytes");
		}
		this.status.writeBytes(ChannelMessages.content(message));
	}

	/**
	 * The status is the last that is sent. Servers that then close the connection with
	 * something unread reset it.
	 */
	private Flux<Event> broken(KubernetesConnectionException failure) {
		return (this.status.size() > 0 && failure.reason() == KubernetesConnectionException.Reason.CLOSED)
				? Flux.empty() : Flux.error(failure);
	}

	private End end() {
		byte[] document = this.status.toByteArray();
		return new End((document.length > 0) ? decode(document) : null);
	}

	/**
	 * Decode a status, which kubelets send without kind and version.
	 */
	private static Status decode(byte[] document) {
		try {
			return ObjectDecoder.decode(Status.CODEC, WireFormat.JSON, document, DecodingOptions.defaults());
		}
		catch (DecodingException ex) {
			throw new KubernetesException("The command ended with something that is no status: " + ex.getMessage(), ex);
		}
	}

	private Flux<DataBuffer> outgoing(String subprotocol) {
		List<Flux<DataBuffer>> sources = new ArrayList<>();
		if (this.options.stdin() != null) {
			sources.add(ChannelMessages.of(STDIN, this.options.stdin())
				.concatWith(Mono.fromSupplier(() -> endOfStdin(subprotocol))));
		}
		if (this.options.sizes() != null) {
			sources.add(Flux.from(this.options.sizes()).map(RemoteStreams::resize));
		}
		return Flux.merge(Flux.fromIterable(sources), sources.size() + 1, 1);
	}

	private @Nullable DataBuffer endOfStdin(String subprotocol) {
		if (subprotocol.equals(V5)) {
			return ChannelMessages.of(CLOSE, new byte[] { STDIN });
		}
		logger.debug("The end of the standard input stays unknown to the container, as the server speaks " + subprotocol
				+ " only");
		return null;
	}

	private static DataBuffer resize(TerminalSize size) {
		String document = "{\"Width\":" + size.width() + ",\"Height\":" + size.height() + "}";
		return ChannelMessages.of(RESIZE, document.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * What comes from a container.
	 */
	sealed interface Event {

	}

	/**
	 * The container has written something.
	 *
	 * @param chunk what it has written
	 */
	record Output(OutputChunk chunk) implements Event {

	}

	/**
	 * The server has closed the streams in order.
	 *
	 * @param status how it went, {@code null} if the server has not said
	 */
	record End(@Nullable Status status) implements Event {

	}

}
