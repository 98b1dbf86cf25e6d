package io.github.k8sclient.transport;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;

import io.github.k8sclient.config.ClientIdentity;
import io.github.k8sclient.config.ConfigurationException;
import io.github.k8sclient.config.PemSource;
import io.github.k8sclient.config.TlsConfiguration;
import io.netty.handler.ssl.SslContext;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.netty.tcp.SslProvider;

import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.client.reactive.ClientHttpResponse;

/**
 * Connections whose certificates may change. A change makes new pools, which the next
 * request uses. The old ones are closed a little later, so that what is under way can
 * end; a watch that lasts longer is cut, and its client watches on over a new connection.
 * <p>
 * Certificates in files are looked at again by the first request after a minute, or ten
 * seconds after trouble: a TLS failure, a refused request, or a file that is not usable
 * because it is just being written. While they are not usable, the previous ones stay in
 * use.
 */
final class RotatingConnections {

	static final Duration PERIOD = Duration.ofMinutes(1);

	static final Duration PERIOD_IN_TROUBLE = Duration.ofSeconds(10);

	private static final Log logger = LogFactory.getLog(RotatingConnections.class);

	private final TlsConfiguration tls;

	private final boolean secure;

	private final ConnectionFactory factory;

	private final Duration grace;

	private final Clock clock;

	private final Scheduler scheduler;

	private final boolean hasFiles;

	private final Mono<Instant> lookAtFiles;

	private final Set<Connections> open = ConcurrentHashMap.newKeySet();

	private volatile Instant lookAt;

	private volatile boolean trouble;

	private volatile @Nullable ClientIdentity identified;

	private volatile TlsMaterial material;

	private volatile Connections current;

	/**
	 * Create connections.
	 * @param secure whether there is TLS at all
	 * @param tls names the certificates
	 * @param material the certificates to start with
	 * @param factory makes pools
	 * @param grace how long connections with old certificates stay open
	 * @param clock tells when to look at files
	 * @param scheduler where files are read and old connections closed; must allow
	 * blocking
	 */
	RotatingConnections(boolean secure, TlsConfiguration tls, TlsMaterial material, ConnectionFactory factory,
			Duration grace, Clock clock, Scheduler scheduler) {
		this.tls = tls;
		this.secure = secure;
		this.factory = factory;
		this.grace = grace;
		this.clock = clock;
		this.scheduler = scheduler;
		this.hasFiles = this.secure && Stream.of(tls.certificateAuthority(), tls.clientCertificate(), tls.clientKey())
			.anyMatch(RotatingConnections::isFile);
		this.material = material;
		this.current = connections(material);
		this.open.add(this.current);
		this.lookAt = clock.instant().plus(PERIOD);
		this.lookAtFiles = Mono.fromCallable(this::lookAtFiles)
			.subscribeOn(scheduler)
			.cacheInvalidateIf((next) -> isDue());
	}

	private static boolean isFile(@Nullable PemSource source) {
		return source != null && source.file() != null;
	}

	/**
	 * Return the connections with the newest certificates without looking at files.
	 */
	Connections current() {
		return this.current;
	}

	/**
	 * Return a connector that makes each request over the newest connections.
	 * @param selector chooses one of their connectors
	 */
	ClientHttpConnector connector(Function<Connections, ClientHttpConnector> selector) {
		return new ClientHttpConnector() {

			@Override
			public Mono<ClientHttpResponse> connect(HttpMethod method, URI uri,
					Function<? super ClientHttpRequest, Mono<Void>> requestCallback) {
				RotatingConnections connections = RotatingConnections.this;
				if (!connections.hasFiles) {
					return selector.apply(connections.current).connect(method, uri, requestCallback);
				}
				return connections.newest()
					.flatMap((newest) -> selector.apply(newest).connect(method, uri, requestCallback))
					.doOnNext(connections::look)
					.doOnError(SSLException.class, (ex) -> connections.lookSoon());
			}

		};
	}

	private Mono<Connections> newest() {
		return isDue() ? this.lookAtFiles.map((next) -> this.current) : Mono.just(this.current);
	}

	private boolean isDue() {
		return !this.clock.instant().isBefore(this.lookAt);
	}

	private Instant lookAtFiles() {
		Duration period = PERIOD;
		try {
			change((present) -> present.readAgain(this.tls));
			this.trouble = false;
		}
		catch (ConfigurationException ex) {
			period = PERIOD_IN_TROUBLE;
			if (!this.trouble) {
				logger.warn("Going on with the previous certificates: " + ex.description());
			}
			this.trouble = true;
		}
		this.lookAt = this.clock.instant().plus(period);
		return this.lookAt;
	}

	private void look(ClientHttpResponse response) {
		if (response.getStatusCode().isSameCodeAs(HttpStatus.UNAUTHORIZED)) {
			lookSoon();
		}
	}

	private void lookSoon() {
		Instant soon = this.clock.instant().plus(PERIOD_IN_TROUBLE);
		if (soon.isBefore(this.lookAt)) {
			this.lookAt = soon;
		}
	}

	/**
	 * Show a client certificate that a credential plugin has printed from the next
	 * request on.
	 */
	void identify(@Nullable ClientIdentity identity) {
		// Called for every request
		if (identity != this.identified) {
			change((present) -> present.withPluginIdentity(identity));
			this.identified = identity;
		}
	}

	/**
	 * Use other trust and key managers from the next request on.
	 */
	void manage(@Nullable TrustManagerFactory trustManagers, @Nullable KeyManagerFactory keyManagers) {
		change((present) -> present.withManagers(trustManagers, keyManagers));
	}

	private synchronized void change(UnaryOperator<TlsMaterial> change) {
		TlsMaterial changed = change.apply(this.material);
		if (changed.equals(this.material)) {
			return;
		}
		Connections previous = this.current;
		Connections next = connections(changed);
		this.open.add(next);
		this.material = changed;
		this.current = next;
		logger.info("Certificates have changed; new connections use them");
		this.scheduler.schedule(() -> retire(previous), this.grace.toMillis(), TimeUnit.MILLISECONDS);
	}

	private void retire(Connections connections) {
		if (this.open.remove(connections)) {
			connections.close().subscribe();
		}
	}

	private Connections connections(TlsMaterial material) {
		if (!this.secure) {
			return this.factory.create(null, null, material);
		}
		SslContext context = new ServerNameSslContext(SslContexts.create(this.tls, material), this.tls.serverName());
		return this.factory.create(provider(context), provider(new Http11SslContext(context)), material);
	}

	private static SslProvider provider(SslContext context) {
		return SslProvider.builder().sslContext(context).build();
	}

	Mono<Void> close() {
		return Mono.defer(() -> Mono.whenDelayError(this.open.stream().map(Connections::close).toList()));
	}

}
