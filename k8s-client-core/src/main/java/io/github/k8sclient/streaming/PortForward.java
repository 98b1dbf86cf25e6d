package io.github.k8sclient.streaming;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;

import io.github.k8sclient.KubernetesException;
import io.github.k8sclient.rest.Request;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.util.Assert;

/**
 * A port of a pod, to connect to from here, as {@code kubectl port-forward} does.
 *
 * <pre class="code">
 * pods.portForward("db-0", 5432).listen(15432);       // for other programs, and drivers
 * pods.portForward("web-0", 80).connect(outgoing);    // one connection, as a Flux
 * </pre>
 * <p>
 * Nothing happens before subscription. A connection fails with
 * <ul>
 * <li>a {@link io.github.k8sclient.KubernetesApiException} when the API server
 * refuses,</li>
 * <li>a {@link io.github.k8sclient.transport.KubernetesConnectionException} when the
 * connection to it breaks, or no sign of life has come for 61 seconds,</li>
 * <li>another {@link KubernetesException} when nobody listens in the pod.</li>
 * </ul>
 * A role needs the verbs {@code get} and, since Kubernetes 1.35, {@code create} of
 * {@code pods/portforward}.
 * <p>
 * <b>Protocol.</b> A WebSocket of its own for each connection, with the subprotocol
 * {@code v4.channel.k8s.io}. The API server passes it on to the kubelet, whatever its
 * version; client-go's way of SPDY frames inside of a WebSocket is not needed. This
 * protocol has no half-closed connections: the end of what is outgoing stays unknown to
 * the pod until the whole connection is closed.
 *
 * @since 0.1.0
 */
public final class PortForward {

	private static final String V4 = "v4.channel.k8s.io";

	private static final int DATA = 0;

	private static final int ERROR = 1;

	private final Supplier<Request> request;

	private final int port;

	private PortForward(Supplier<Request> request, int port) {
		this.request = request;
		this.port = port;
	}

	/**
	 * Name a port.
	 * @param request begins a request of the subresource {@code portforward} of a pod
	 * @param port the port in the pod
	 * @return the port
	 */
	public static PortForward of(Supplier<Request> request, int port) {
		Assert.notNull(request, "'request' must not be null");
		Assert.isTrue(port > 0 && port < 65536, "'port' must be between 1 and 65535");
		return new PortForward(request, port);
	}

	/**
	 * Connect to the port.
	 * @param outgoing what to send. It is subscribed to when the connection is there, on
	 * a thread that must not block; asked for as fast as the connection takes it; and its
	 * buffers are released. Its end changes nothing, its failure closes the connection
	 * and is that of the connection
	 * @return what comes from the port, no faster than it is asked for; the buffers need
	 * not be released. Completes when the other side closes the connection; cancellation
	 * closes it. Each subscription is a connection of its own
	 */
	public Flux<DataBuffer> connect(Publisher<? extends DataBuffer> outgoing) {
		Assert.notNull(outgoing, "'outgoing' must not be null");
		return Flux.defer(() -> this.request.get()
			.param("ports", Integer.toString(this.port))
			.webSocket(List.of(V4), (subprotocol) -> ChannelMessages.of(DATA, outgoing))
			.handle(new Incoming()::accept));
	}

	/**
	 * Listen on a free port of the loopback interface, and connect who comes to the port
	 * of the pod.
	 * @return the local port, when it is open
	 * @see #listen(int)
	 */
	public Mono<LocalPort> listen() {
		return listen(0);
	}

	/**
	 * Listen on a port of the loopback interface, and connect who comes to the port of
	 * the pod, each by a connection of its own, until the local port is closed. When a
	 * connection to the pod fails, the local one is closed and the failure logged.
	 * @param localPort the port, 0 for a free one
	 * @return the local port, when it is open; a failure if it is taken
	 */
	public Mono<LocalPort> listen(int localPort) {
		Assert.isTrue(localPort >= 0 && localPort < 65536, "'localPort' must be between 0 and 65535");
		return LocalPort.open(this, localPort);
	}

	@Override
	public String toString() {
		return "PortForward[" + this.port + "]";
	}

	/**
	 * What comes over one connection. Both channels begin with the number of the port in
	 * two bytes.
	 */
	private final class Incoming {

		private final boolean[] begun = new boolean[2];

		void accept(DataBuffer message, SynchronousSink<DataBuffer> sink) {
			int channel = (message.readableByteCount() > 0) ? ChannelMessages.channel(message) : -1;
			if (channel != DATA && channel != ERROR || message.readableByteCount() == 0) {
				return;
			}
			if (!this.begun[channel]) {
				this.begun[channel] = true;
				if (message.readableByteCount() != 2) {
					sink.error(new KubernetesException("The server does not say which port it forwards"));
				}
			}
			else if (channel == DATA) {
				sink.next(message);
			}
			else {
				sink.error(new KubernetesException("Port " + PortForward.this.port + " of the pod: "
						+ new String(ChannelMessages.content(message), StandardCharsets.UTF_8).strip()));
			}
		}

	}

}
