package io.github.k8sclient.auth;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

import io.github.k8sclient.config.ConfigurationException;
import io.github.k8sclient.config.Credentials;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.util.Assert;

/**
 * A bearer token in a file that somebody else renews, as the kubelet does with the token
 * of a service account. Follows client-go: what was read is good for one minute less ten
 * seconds, and when a renewal cannot be read, the previous token goes on being used.
 * <p>
 * The file is read on a scheduler for blocking work; all callers that find no good token
 * wait for the same read. When there has never been a token, {@link #token()} ends with a
 * {@link ConfigurationException} that names the file, and the next call reads again.
 *
 * @since 0.1.0
 */
public final class FileTokenProvider implements TokenProvider {

	/**
	 * Half of the time between the kubelet's renewal of a token and the end of the old
	 * one.
	 */
	static final Duration PERIOD = Duration.ofMinutes(1);

	static final Duration LEEWAY = Duration.ofSeconds(10);

	private static final Log logger = LogFactory.getLog(FileTokenProvider.class);

	private final Credentials.TokenFile source;

	private final Clock clock;

	private final AtomicReference<@Nullable CachedToken> cached = new AtomicReference<>();

	private final SingleFlight<String> reading;

	/**
	 * Create a provider that reads on the bounded elastic scheduler.
	 * @param file the file with the token
	 */
	public FileTokenProvider(Path file) {
		this(file, Clock.systemUTC(), Schedulers.boundedElastic());
	}

	/**
	 * Create a provider.
	 * @param file the file with the token
	 * @param clock tells when the file has to be read again
	 * @param scheduler where the file is read; must allow blocking
	 */
	public FileTokenProvider(Path file, Clock clock, Scheduler scheduler) {
		Assert.notNull(clock, "'clock' must not be null");
		Assert.notNull(scheduler, "'scheduler' must not be null");
		this.source = new Credentials.TokenFile(file);
		this.clock = clock;
		this.reading = new SingleFlight<>(Mono.fromCallable(this::read).subscribeOn(scheduler));
	}

	@Override
	public Mono<String> token() {
		return Mono.defer(this::cachedOrRead);
	}

	@Override
	public boolean invalidate(String refused) {
		CachedToken current = this.cached.get();
		if (current != null && current.value().equals(refused)) {
			this.cached.compareAndSet(current, null);
		}
		return true;
	}

	private Mono<String> cachedOrRead() {
		CachedToken current = this.cached.get();
		if (current != null && this.clock.instant().isBefore(current.renewAt())) {
			return Mono.just(current.value());
		}
		return this.reading.join();
	}

	private String read() {
		CachedToken previous = this.cached.get();
		try {
			String token = this.source.read();
			this.cached.set(new CachedToken(token, this.clock.instant().plus(PERIOD).minus(LEEWAY)));
			return token;
		}
		catch (ConfigurationException ex) {
			if (previous == null) {
				throw ex;
			}
			logger.warn("Going on with the previous token: " + ex.description());
			return previous.value();
		}
	}

	@Override
	public String toString() {
		return this.source.toString();
	}

	private record CachedToken(String value, Instant renewAt) {

		@Override
		public String toString() {
			return "token to renew at " + this.renewAt;
		}

	}

}
