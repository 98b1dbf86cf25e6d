package io.github.k8sclient.informer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

import io.github.k8sclient.api.core.v1.ConfigMap;
import io.github.k8sclient.api.core.v1.Node;
import io.github.k8sclient.codec.DecodingOptions;
import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.meta.ResourceDescriptor;
import io.github.k8sclient.watch.ListWatch;
import io.github.k8sclient.watch.ListWatchProvider;
import io.github.k8sclient.watch.WatchEvent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link MergedInformer}: several namespaces as one informer.
 */
@ExtendWith(CapturedLog.class)
class MergedInformerTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final Namespaces server = new Namespaces();

	private final SharedInformerFactory factory = SharedInformerFactory.builder(this.server)
		.scheduler(this.time)
		.handlerScheduler(this.time)
		.build();

	private final SharedInformer<ConfigMap> informer = this.factory.forResource(ConfigMap.RESOURCE)
		.inNamespaces("b", "a")
		.informer();

	private final RecordingHandler<ConfigMap> handler = new RecordingHandler<>();

	@Test
	void eachNamespaceIsListedAndOneHandlerSeesAll() {
		this.server.listed("a", 10, object("a", "one", 1));
		this.server.listed("b", 20, object("b", "two", 2));
		HandlerRegistration registration = this.informer.addHandler(this.handler);

		start();
		this.server.emit("a", Samples.modified(object("a", "one", 11)));
		this.server.emit("b", Samples.deleted(object("b", "two", 21)));
		this.time.advanceTime();

		assertThat(this.handler.events()).containsExactlyInAnyOrder("++one@1", "++two@2", "one@1->11", "-two@21");
		StepVerifier.create(registration.whenSynced()).expectComplete().verify(LIMIT);
		assertThat(this.informer.name()).isEqualTo("configmaps in namespaces a, b");
		assertThat(this.informer.namespaces()).containsExactly("a", "b");
		assertThat(this.informer.namespace()).isNull();
		assertThat(this.informer.handlers()).containsExactly(registration);
	}

	@Test
	void storeIsOne() {
		this.server.listed("a", 10, object("a", "one", 1));
		this.server.listed("b", 9, object("b", "two", 2));
		this.informer.indexer().addIndex("name", (object) -> List.of(String.valueOf(object.metadata().name())));

		start();

		assertThat(this.informer.store().size()).isEqualTo(2);
		assertThat(this.informer.store().list()).hasSize(2);
		assertThat(this.informer.store().get("a/one")).isPresent();
		assertThat(this.informer.store().get("c/one")).isEmpty();
		assertThat(this.informer.lister().namespace("b").list()).hasSize(1);
		assertThat(this.informer.lister().list("", "metadata.name=two")).hasSize(1);
		assertThat(this.informer.indexer().indexValues(Indexer.NAMESPACE_INDEX)).containsExactlyInAnyOrder("a", "b");
		assertThat(this.informer.indexer().indexKeys("name", "two")).containsExactly(ObjectKey.parse("b/two"));
		assertThat(this.informer.store().resourceVersion()).as("the older of both").isEqualTo("9");
		assertThat(this.informer.mutationCache().lister().list()).hasSize(2);
	}

	@Test
	void ownObjectThatSomebodyDeletedIsGoneWhenItsNamespaceHasComeToItsVersion() {
		this.server.listed("a", 5);
		this.server.listed("b", 5);
		start();
		MutationCache<ConfigMap> cache = this.informer.mutationCache();
		cache.updated(object("b", "two", 12));
		assertThat(cache.lister().list()).hasSize(1);

		this.server.emit("b", Samples.added(object("b", "two", 12)));
		this.server.emit("b", Samples.deleted(object("b", "two", 13)));
		this.time.advanceTime();

		assertThat(this.informer.store().resourceVersion()).isEqualTo("5");
		assertThat(cache.lister().get("b/two")).isEmpty();
		assertThat(cache.lister().list()).isEmpty();
		assertThat(cache.pending()).isZero();
	}

	@Test
	void storeIsNewEnoughWhenEachNamespaceIs() {
		this.server.listed("a", 10);
		this.server.listed("b", 12);
		start();

		StepVerifier.create(this.informer.store().atLeast("12"))
			.then(() -> this.server.emit("a", Samples.bookmark(12)))
			.then(this.time::advanceTime)
			.expectComplete()
			.verify(LIMIT);
	}

	@Test
	void handlerIsSyncedWhenTheLastNamespaceIs() {
		this.server.listed("a", 10, object("a", "one", 1));
		this.server.of("b").list(Mono.delay(Duration.ofSeconds(3), this.time).then(Samples.listed(20)));
		HandlerRegistration registration = this.informer.addHandler(this.handler);
		start();
		List<String> synced = new ArrayList<>();
		registration.whenSynced().subscribe(null, null, () -> synced.add("handler"));
		this.informer.whenSynced().subscribe(null, null, () -> synced.add("informer"));

		assertThat(this.handler.events()).hasSize(1);
		assertThat(synced).isEmpty();
		assertThat(this.informer.status().synced()).isFalse();
		this.time.advanceTimeBy(Duration.ofSeconds(3));

		assertThat(synced).containsExactlyInAnyOrder("handler", "informer");
		assertThat(this.informer.status().synced()).isTrue();
	}

	@Test
	void lateHandlerGetsWhatIsThereInAllNamespaces() {
		this.server.listed("a", 10, object("a", "one", 1));
		this.server.listed("b", 20, object("b", "two", 2));
		start();

		StepVerifier.create(this.informer.events().map((event) -> event.key().toString()).take(2).sort())
			.then(this.time::advanceTime)
			.expectNext("a/one", "b/two")
			.expectComplete()
			.verify(LIMIT);
		this.time.advanceTime();
		assertThat(this.informer.handlers()).isEmpty();
	}

	@Test
	void statusIsThatOfTheWorstNamespaceAndListenersHearOfIt() {
		this.server.listed("a", 10, object("a", "one", 1));
		this.server.of("b").list(Mono.error(Samples.apiError(403, "Forbidden"))).list(Samples.listed(20));
		List<String> states = new ArrayList<>();
		this.informer.addStatusListener((source, before, after) -> {
			assertThat(source).isSameAs(this.informer);
			states.add(before.state() + "->" + after.state());
		});

		start();

		assertThat(this.informer.status().state()).isEqualTo(InformerState.FORBIDDEN);
		assertThat(this.informer.status().cause()).hasMessageContaining("Forbidden");
		assertThat(this.informer.status().objectCount()).isEqualTo(1);
		StepVerifier.create(this.informer.whenSynced(Duration.ofMillis(1)))
			.then(() -> this.time.advanceTimeBy(Duration.ofMillis(1)))
			.expectErrorSatisfies(
					(ex) -> assertThat(ex).hasMessageContaining("namespace b").hasMessageNotContaining("namespace a"))
			.verify(LIMIT);
		this.time.advanceTimeBy(Duration.ofMinutes(1));
		assertThat(this.informer.status().state()).isEqualTo(InformerState.SYNCED);
		assertThat(this.informer.status().counters().lists()).isEqualTo(2);
		assertThat(states).containsExactly("STARTING->FORBIDDEN", "FORBIDDEN->SYNCED");
	}

	@Test
	void handlerThatThrowsIsCountedOnce(CapturedLog log) {
		this.server.listed("a", 10, object("a", "one", 1));
		this.server.listed("b", 20);
		this.informer.addHandler(ResourceEventHandler.of((event) -> {
			throw new IllegalStateException("broken");
		}));

		start();

		assertThat(this.informer.status().counters().handlerFailures()).isEqualTo(1);
		assertThat(log.lines("ERROR")).singleElement().asString().contains("configmaps in namespaces a, b");
	}

	@Test
	void resyncShowsTheObjectsOfEachNamespace() {
		this.server.listed("a", 10, object("a", "one", 1));
		this.server.listed("b", 20, object("b", "two", 2));
		this.informer.addHandler(this.handler, HandlerOptions.defaults().withResync(Duration.ofMinutes(1)));
		start();
		this.handler.clear();

		this.time.advanceTimeBy(Duration.ofMinutes(1));

		assertThat(this.handler.events()).containsExactlyInAnyOrder("one@1->1", "two@2->2");
	}

	@Test
	void handlerWorksUntilTheLastNamespaceIsStopped() {
		this.server.listed("a", 10);
		this.server.listed("b", 20);
		this.informer.addHandler(this.handler);
		List<String> ends = new ArrayList<>();
		this.informer.events().subscribe(null, null, () -> ends.add("completed"));
		start();

		SharedInformer<ConfigMap> alone = this.factory.forResource(ConfigMap.RESOURCE).inNamespace("a").informer();
		alone.stop().subscribe();
		this.server.emit("b", Samples.added(object("b", "two", 21)));
		this.time.advanceTime();

		assertThat(this.handler.events()).containsExactly("+two@21");
		assertThat(ends).isEmpty();
		this.informer.stop().subscribe();
		this.time.advanceTime();
		assertThat(ends).containsExactly("completed");
		assertThat(this.informer.status().state()).isEqualTo(InformerState.STOPPED);
	}

	@Test
	void namespacesAreSharedWithWhoeverWatchesOneOfThem() {
		this.server.listed("a", 10, object("a", "one", 1));
		this.server.listed("b", 20);

		SharedInformer<ConfigMap> alone = this.factory.forResource(ConfigMap.RESOURCE).inNamespace("a").informer();
		SharedInformer<ConfigMap> again = this.factory.forResource(ConfigMap.RESOURCE)
			.inNamespaces("a", "b", "a")
			.informer();
		this.factory.start();
		this.time.advanceTime();

		assertThat(again).isSameAs(this.informer);
		assertThat(alone.store().size()).isEqualTo(1);
		assertThat(this.server.of("a").lists()).hasSize(1);
		assertThat(this.factory.informers()).containsExactly(this.informer, alone);
	}

	@Test
	void oneNamespaceNeedsNoMerging() {
		assertThat(this.factory.forResource(ConfigMap.RESOURCE).inNamespaces("a").informer())
			.isSameAs(this.factory.forResource(ConfigMap.RESOURCE).inNamespace("a").informer());
	}

	@Test
	void resourcesWithoutNamespacesHaveNone() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.factory.forResource(Node.RESOURCE).inNamespaces("a", "b"))
			.withMessage("nodes have no namespaces");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.factory.forResource(ConfigMap.RESOURCE).inNamespaces());
	}

	private void start() {
		this.informer.start();
		this.time.advanceTime();
	}

	private static ConfigMap object(String namespace, String name, long version) {
		return Samples.configMap(namespace, name, version, "uid-" + name);
	}

	/**
	 * A server with a script for each namespace.
	 */
	private static final class Namespaces implements ListWatchProvider {

		private final Map<String, FakeListWatch<ConfigMap>> scripts = new TreeMap<>();

		private final Map<String, Sinks.Many<WatchEvent<ConfigMap>>> watches = new TreeMap<>();

		FakeListWatch<ConfigMap> of(String namespace) {
			return this.scripts.computeIfAbsent(namespace, (absent) -> new FakeListWatch<>());
		}

		void listed(String namespace, long version, ConfigMap... objects) {
			Sinks.Many<WatchEvent<ConfigMap>> watch = Sinks.many().unicast().onBackpressureBuffer();
			this.watches.put(namespace, watch);
			of(namespace).list(Samples.listed(version, objects)).watch(watch.asFlux()).watch(Flux.never());
		}

		void emit(String namespace, WatchEvent<ConfigMap> event) {
			this.watches.get(namespace).tryEmitNext(event);
		}

		// the tests ask for the type that the scripts have
		@SuppressWarnings("unchecked")
		@Override
		public <T extends KubernetesObject> ListWatch<T> listWatch(ResourceDescriptor<T> resource,
				@Nullable String namespace, Supplier<DecodingOptions> decoding) {
			return (ListWatch<T>) of(String.valueOf(namespace));
		}

	}

}
