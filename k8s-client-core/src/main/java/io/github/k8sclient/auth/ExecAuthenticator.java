package io.github.k8sclient.auth;

import java.io.Console;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

import io.github.k8sclient.auth.ExecPluginCall.Outcome;
import io.github.k8sclient.config.ClientConfiguration;
import io.github.k8sclient.config.ConfigurationException;
import io.github.k8sclient.config.ExecPlugin;
import io.github.k8sclient.config.ExecPlugin.InteractiveMode;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.util.ReflectionUtils;

/**
 * Authenticates with what a credential plugin prints. The plugin is run on a scheduler
 * for blocking work when there are no credentials, when they have expired, and when the
 * server has refused them; all callers meanwhile wait for the same run. A run that takes
 * too long, and one that is under way when the client is closed, is killed.
 */
final class ExecAuthenticator implements Authenticator {

	private static final Log logger = LogFactory.getLog(ExecAuthenticator.class);

	private final ExecPlugin plugin;

	private final ClientConfiguration configuration;

	private final PluginGuard guard;

	private final BooleanSupplier terminal;

	private final Clock clock;

	private final AtomicReference<@Nullable ExecCredential> cached = new AtomicReference<>();

	private final SingleFlight<ExecCredential> runs;

	private final Sinks.Empty<Void> closed = Sinks.empty();

	ExecAuthenticator(ExecPlugin plugin, ClientConfiguration configuration, PluginGuard guard, BooleanSupplier terminal,
			Clock clock, Scheduler scheduler, ExecPluginListener listener) {
		this.plugin = plugin;
		this.configuration = configuration;
		this.guard = guard;
		this.terminal = terminal;
		this.clock = clock;
		Duration timeout = configuration.execTimeout();
		this.runs = new SingleFlight<>(Mono.fromCallable(this::run)
			.subscribeOn(scheduler)
			.timeout(timeout)
			.onErrorMap(TimeoutException.class, (ex) -> failed("did not end within " + timeout + " and was killed"))
			.doOnNext((credential) -> listener.onCall(new ExecPluginCall(plugin, Outcome.SUCCESS, credential.end())))
			.doOnError((ex) -> listener.onCall(new ExecPluginCall(plugin, ExecPluginException.outcomeOf(ex), null)))
			.takeUntilOther(this.closed.asMono())
			.switchIfEmpty(Mono.error(() -> failed("was killed because the client has been closed"))));
	}

	static ExecAuthenticator create(ExecPlugin plugin, ClientConfiguration configuration, ExecPluginListener listener) {
		boolean windows = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
		PluginGuard guard = new PluginGuard(configuration.execPolicy(), Executables.of(System.getenv(), windows));
		guard.requireAllowed(plugin);
		return new ExecAuthenticator(plugin, configuration, guard, ExecAuthenticator::isTerminal, Clock.systemUTC(),
				Schedulers.boundedElastic(), listener);
	}

	private static boolean isTerminal() {
		Console console = System.console();
		// Since Java 22 there can be a console that is no terminal
		Method isTerminal = ReflectionUtils.findMethod(Console.class, "isTerminal");
		return console != null
				&& (isTerminal == null || Boolean.TRUE.equals(ReflectionUtils.invokeMethod(isTerminal, console)));
	}

	@Override
	public Mono<Authentication> authenticate() {
		return Mono.defer(() -> {
			ExecCredential current = this.cached.get();
			return (current != null && !current.isExpired(this.clock.instant())) ? Mono.just(current.authentication())
					: this.runs.join().map(ExecCredential::authentication);
		});
	}

	@Override
	public boolean invalidate(Authentication refused) {
		ExecCredential current = this.cached.get();
		if (current != null && current.authentication() == refused) {
			this.cached.compareAndSet(current, null);
		}
		return true;
	}

	@Override
	public void close() {
		this.closed.tryEmitEmpty();
	}

	private @Nullable ExecCredential run() {
		Path program = this.guard.require(this.plugin);
		boolean interactive = isInteractive();
		List<String> command = new ArrayList<>(List.of(program.toString()));
		command.addAll(this.plugin.args());
		Map<String, String> environment = new LinkedHashMap<>(this.plugin.env());
		environment.put(ExecCredential.VARIABLE, ExecCredential.request(this.plugin, this.configuration, interactive));
		try {
			return accept(PluginProcess.run(command, environment, interactive));
		}
		catch (IOException ex) {
			throw failed("cannot be run (" + ex.getMessage() + ")");
		}
		catch (InterruptedException ex) {
			// Nobody waits any longer
			Thread.currentThread().interrupt();
			return null;
		}
	}

	private boolean isInteractive() {
		InteractiveMode mode = this.plugin.interactiveMode();
		boolean available = mode != InteractiveMode.NEVER && this.terminal.getAsBoolean();
		if (mode == InteractiveMode.ALWAYS && !available) {
			throw new ConfigurationException(
					"The " + this.plugin + " cannot be run: the standard input of this process is not a terminal",
					"Start the application in a terminal, or choose a user that needs none.");
		}
		return available;
	}

	private ExecCredential accept(PluginProcess.Result result) {
		if (!result.messages().isEmpty()) {
			logger.warn("The " + this.plugin + " says: " + result.messages());
		}
		if (result.exitCode() != 0) {
			throw failed("failed with exit code " + result.exitCode());
		}
		if (!result.whole()) {
			throw failed("printed more than credentials can have");
		}
		ExecCredential credential = ExecCredential.read(this.plugin, result.output());
		if (credential.isExpired(this.clock.instant())) {
			logger.warn("The " + this.plugin + " printed credentials that expired at " + credential.expiry());
		}
		this.cached.set(credential);
		return credential;
	}

	private ConfigurationException failed(String what) {
		return new ConfigurationException("The " + this.plugin + " " + what,
				"See the log for what it says, or run it in a terminal.");
	}

	@Override
	public String toString() {
		return this.plugin.toString();
	}

}
