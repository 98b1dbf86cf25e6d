package io.github.k8sclient.transport;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

import javax.net.ssl.SSLException;

import io.github.k8sclient.KubernetesException;
import io.github.k8sclient.config.ClientConfiguration;
import io.github.k8sclient.transport.KubernetesConnectionException.Reason;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.proxy.ProxyConnectException;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.netty.handler.timeout.ReadTimeoutException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.resources.LoopResources;

import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClientRequestException;

/**
 * Turns what Netty, the JDK and the pools throw into
 * {@link KubernetesConnectionException}s that say what to do. The one place that knows
 * these exceptions.
 */
final class ConnectionFailures {

	private final ClientConfiguration configuration;

	private final @Nullable LoopResources loopResources;

	/**
	 * Create a translator.
	 * @param configuration where to connect to
	 * @param loopResources event loops that somebody else stops, {@code null} for none
	 */
	ConnectionFailures(ClientConfiguration configuration, @Nullable LoopResources loopResources) {
		this.configuration = configuration;
		this.loopResources = loopResources;
	}

	/**
	 * Give an exchange up if the event loops have stopped. Netty would log that they take
	 * no connection.
	 */
	Mono<ClientResponse> unlessStopped(Mono<ClientResponse> exchange) {
		return hasStopped() ? Mono.error(stopped(null)) : exchange;
	}

	/**
	 * Translate a failure of a connection. Anything else is returned as it is.
	 */
	Throwable translate(Throwable failure) {
		if (failure instanceof KubernetesException) {
			return failure;
		}
		if (hasStopped()) {
			return stopped(failure);
		}
		Throwable proxyFailure = find(failure, this::isOfProxy);
		if (proxyFailure != null) {
			return failure(Reason.PROXY, "the proxy did not connect (" + text(proxyFailure) + ")",
					"Check the proxy (proxy-url of the cluster, or HTTPS_PROXY, HTTP_PROXY and NO_PROXY) and its"
							+ " credentials.",
					proxyFailure);
		}
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof KubernetesException) {
				return cause;
			}
			KubernetesConnectionException translated = recognize(cause);
			if (translated != null) {
				return translated;
			}
		}
		Throwable cause = (failure instanceof WebClientRequestException && failure.getCause() != null)
				? failure.getCause() : failure;
		if (cause instanceof IOException || cause instanceof Http2Exception) {
			return failure(Reason.OTHER, text(cause), "Check the connection between this process and the server.",
					cause);
		}
		return failure;
	}

	private boolean hasStopped() {
		return this.loopResources != null && this.loopResources.isDisposed();
	}

	private KubernetesConnectionException stopped(@Nullable Throwable cause) {
		return failure(Reason.SHUT_DOWN, "the event loops of this client have stopped",
				"Make last requests before the application stops them.", cause);
	}

	private static @Nullable Throwable find(Throwable failure, Predicate<Throwable> predicate) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (predicate.test(cause)) {
				return cause;
			}
		}
		return null;
	}

	/**
	 * With a proxy, only the proxy is resolved and connected to from here.
	 */
	private boolean isOfProxy(Throwable cause) {
		return cause instanceof ProxyConnectException || (this.configuration.proxy() != null
				&& (cause instanceof ConnectException || cause instanceof UnknownHostException));
	}

	private @Nullable KubernetesConnectionException recognize(Throwable cause) {
		if (cause instanceof SSLException || cause instanceof CertificateException) {
			return tls(cause);
		}
		if (cause instanceof UnknownHostException) {
			return failure(Reason.UNKNOWN_HOST, "the host name cannot be resolved",
					"Check the server in " + source() + ", and DNS or VPN of this machine.", cause);
		}
		if (cause.getClass().getSimpleName().startsWith("PoolAcquire")) {
			return failure(Reason.BUSY, "all connections of this client are busy (" + text(cause) + ")",
					"Make fewer requests at once, or consume answers faster.", cause);
		}
		if (isTimeout(cause)) {
			return failure(Reason.TIMEOUT, "no answer in time (" + text(cause) + ")",
					"Check that the server in " + source() + " is right, and that no firewall drops the connection.",
					cause);
		}
		if (cause instanceof NoRouteToHostException) {
			return unreachable(cause);
		}
		if (cause instanceof ConnectException) {
			return isRefusal(cause)
					? failure(Reason.REFUSED, "connection refused",
							"Check that the API server runs, and that the server in " + source() + " is right.", cause)
					: unreachable(cause);
		}
		if (isClosed(cause)) {
			return failure(Reason.CLOSED, "the connection was closed before the answer was complete",
					"Try again; if it goes on, look at the API server and at what stands between." + tlsHint(), cause);
		}
		if (cause instanceof DecoderException && !(cause.getCause() instanceof SSLException)) {
			return failure(Reason.OTHER, "the answer is not HTTP",
					"Check the server in " + source() + ", and what stands between." + tlsHint(), cause);
		}
		return null;
	}

	private KubernetesConnectionException unreachable(Throwable cause) {
		return failure(Reason.UNREACHABLE, "the address cannot be reached (" + text(cause) + ")",
				"Check the server in " + source() + ", and the network or VPN of this machine.", cause);
	}

	private KubernetesConnectionException tls(Throwable failure) {
		if (failure instanceof SslHandshakeTimeoutException) {
			return failure(Reason.TIMEOUT, "no TLS handshake in time",
					"Check that the server in " + source() + " speaks TLS, and what stands between.", failure);
		}
		if (failure instanceof NotSslRecordException) {
			return failure(Reason.TLS, "the server does not speak TLS", "Use http:// in the server of " + source()
					+ " if it is meant to be without TLS, or the right port.", failure);
		}
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof CertificateExpiredException || cause instanceof CertificateNotYetValidException) {
				return failure(Reason.TLS,
						"a certificate of the server has expired or is not valid yet (" + text(cause) + ")",
						"Renew the server's certificate, or set the clock of this machine.", failure);
			}
			if (cause instanceof CertPathBuilderException) {
				return failure(Reason.TLS, "the server's certificate is signed by an unknown authority",
						"Set certificate-authority or certificate-authority-data of the cluster in " + source()
								+ " to the authority of this server.",
						failure);
			}
			if (isNameMismatch(cause)) {
				return failure(Reason.TLS, "the server's certificate is for another name (" + text(cause) + ")",
						"Use a host of the certificate in the server of " + source()
								+ ", or set tls-server-name of the cluster to one.",
						failure);
			}
		}
		String text = text(failure);
		if (text.contains("fatal alert")) {
			return failure(Reason.TLS, "the server ended the TLS handshake (" + text + ")",
					"Check the client certificate of the user in " + source()
							+ ": it must be valid, and signed by an authority that the server trusts.",
					failure);
		}
		return failure(Reason.TLS, "TLS failed (" + text + ")",
				"Check the certificates in " + source() + " and what stands between this process and the server.",
				failure);
	}

	/**
	 * Return the failure of a request without TLS to a server that expects it.
	 */
	KubernetesConnectionException tlsExpected() {
		return failure(Reason.TLS, "the server expects TLS", "Use https:// in the server of " + source() + ".", null);
	}

	/**
	 * Return the failure of a request after the client has been closed, or of one that
	 * this has ended.
	 */
	KubernetesConnectionException shutDown() {
		return failure(Reason.SHUT_DOWN, "this client has been closed", "Make no requests after closing it.", null);
	}

	private static boolean isNameMismatch(Throwable cause) {
		// The JDK has no type for it, and takes no certificate for a host with an
		// underscore
		return cause instanceof CertificateException && text(cause).toLowerCase(Locale.ROOT)
			.matches("(?s).*(no subject alternative|no name matching|illegal given domain name).*");
	}

	private static boolean isTimeout(Throwable cause) {
		return cause instanceof ConnectTimeoutException || cause instanceof ReadTimeoutException
				|| cause instanceof TimeoutException;
	}

	private static boolean isRefusal(Throwable cause) {
		return text(cause).toLowerCase(Locale.ROOT).contains("refused");
	}

	private static boolean isClosed(Throwable cause) {
		return cause instanceof ClosedChannelException || cause instanceof SocketException
				|| cause.getClass().getName().equals("reactor.netty.http.client.PrematureCloseException")
				|| text(cause).contains("reset by peer");
	}

	/**
	 * Many servers with TLS just close a connection that comes without.
	 */
	private String tlsHint() {
		return "http".equals(server().getScheme())
				? " If the server expects TLS, use https:// in the server of " + source() + "." : "";
	}

	private KubernetesConnectionException failure(Reason reason, String description, String action,
			@Nullable Throwable cause) {
		return new KubernetesConnectionException(server(), reason, description, action, cause);
	}

	private URI server() {
		return this.configuration.server();
	}

	private String source() {
		return this.configuration.source();
	}

	private static String text(Throwable cause) {
		return (cause.getMessage() != null) ? cause.getMessage() : cause.getClass().getSimpleName();
	}

}
