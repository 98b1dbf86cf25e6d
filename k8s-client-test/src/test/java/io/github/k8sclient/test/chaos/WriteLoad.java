package io.github.k8sclient.test.chaos;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import io.github.k8sclient.AlreadyExistsException;
import io.github.k8sclient.NotFoundException;
import io.github.k8sclient.api.core.v1.ConfigMap;
import io.github.k8sclient.api.core.v1.Namespace;
import io.github.k8sclient.client.Clientset;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/**
 * Creates, changes and deletes config maps at random, as fast as the server answers.
 * Writes that fail are of no account: what counts is what the server has in the end.
 */
final class WriteLoad implements AutoCloseable {

	/**
	 * The label by which the config maps are told apart from others. Its value is the
	 * number of a group.
	 */
	static final String LABEL = "chaos-group";

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static final Duration AFTER_FAILURE = Duration.ofMillis(50);

	private final Clientset clientset;

	private final Random random;

	private final List<String> namespaces;

	private final int groups;

	private final Consumer<ConfigMap> onWritten;

	private final AtomicLong writes = new AtomicLong();

	private Disposable running = () -> {
	};

	WriteLoad(Clientset clientset, long seed, List<String> namespaces, int groups, Consumer<ConfigMap> onWritten) {
		this.clientset = clientset;
		this.random = new Random(seed);
		this.namespaces = namespaces;
		this.groups = groups;
		this.onWritten = onWritten;
	}

	/**
	 * Create the namespaces, and some config maps.
	 */
	void prepare() {
		for (String namespace : this.namespaces) {
			this.clientset.coreV1()
				.namespaces()
				.create(Namespace.builder().metadata((metadata) -> metadata.name(namespace)).build())
				.block(TIMEOUT);
		}
		for (int i = 0; i < 50; i++) {
			write().block(TIMEOUT);
		}
	}

	void start() {
		this.running = Mono.defer(this::write)
			.timeout(TIMEOUT)
			.onErrorResume((ex) -> Mono.delay(AFTER_FAILURE).then())
			.repeat()
			.subscribe();
	}

	private Mono<Void> write() {
		String namespace = this.namespaces.get(this.random.nextInt(this.namespaces.size()));
		String name = "map-" + this.random.nextInt(40);
		Mono<?> write = switch (this.random.nextInt(4)) {
			case 0 -> this.clientset.coreV1().configMaps(namespace).delete(name);
			case 1 -> this.clientset.coreV1().configMaps(namespace).create(map(name)).doOnNext(this.onWritten);
			default -> this.clientset.coreV1().configMaps(namespace).update(map(name)).doOnNext(this.onWritten);
		};
		return write.doOnSuccess((result) -> this.writes.incrementAndGet())
			.then()
			.onErrorResume(WriteLoad::isRefusal, (ex) -> Mono.empty());
	}

	// what is there cannot be created, and what is not there cannot be changed
	private static boolean isRefusal(Throwable error) {
		return error instanceof NotFoundException || error instanceof AlreadyExistsException;
	}

	private ConfigMap map(String name) {
		String group = Integer.toString(this.random.nextInt(this.groups));
		String value = Integer.toString(this.random.nextInt());
		return ConfigMap.builder()
			.metadata((metadata) -> metadata.name(name).labels(Map.of(LABEL, group)))
			.data(Map.of("value", value))
			.build();
	}

	long writes() {
		return this.writes.get();
	}

	@Override
	public void close() {
		this.running.dispose();
	}

}
