package io.github.k8sclient.informer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import io.github.k8sclient.api.authentication.v1.TokenReview;
import io.github.k8sclient.api.core.v1.ConfigMap;
import io.github.k8sclient.api.core.v1.Node;
import io.github.k8sclient.codec.DecodingOptions;
import io.github.k8sclient.dynamic.Unstructured;
import io.github.k8sclient.meta.GroupVersionResource;
import io.github.k8sclient.meta.KubernetesList;
import io.github.k8sclient.meta.KubernetesObject;
import io.github.k8sclient.meta.LabelSelector;
import io.github.k8sclient.meta.ListMeta;
import io.github.k8sclient.meta.PartialObjectMetadata;
import io.github.k8sclient.meta.ResourceDescriptor;
import io.github.k8sclient.meta.ShardSelector;
import io.github.k8sclient.watch.ListWatch;
import io.github.k8sclient.watch.ListWatchProvider;
import io.github.k8sclient.watch.WatchEvent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link SharedInformerFactory}.
 */
class SharedInformerFactoryTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

	private final FakeListWatch<ConfigMap> server = new FakeListWatch<>();

	private final FakeProvider provider = new FakeProvider(this.server);

	private final SharedInformerFactory factory = SharedInformerFactory.builder(this.provider)
		.scheduler(this.time)
		.handlerScheduler(this.time)
		.build();

	@Test
	void whoAsksForTheSameObjectsSharesTheInformer() {
		SharedInformer<ConfigMap> first = this.factory.forResource(ConfigMap.class)
			.inNamespace("one")
			.withLabelSelector("b, a==x")
			.informer();
		SharedInformer<ConfigMap> second = this.factory.forResource(ConfigMap.RESOURCE)
			.inNamespace("one")
			.withLabelSelector("a=x,b")
			.withFieldSelector("")
			.informer();

		assertThat(second).isSameAs(first);
		assertThat(this.factory.informers()).hasSize(1);
		assertThat(this.provider.requests()).containsExactly("configmaps one");
	}

	@Test
	void scopeAndSelectorsTellInformersApart() {
		InformerSpec<ConfigMap> all = this.factory.forResource(ConfigMap.class);
		all.informer();
		all.inNamespace("one").informer();
		all.inNamespace("one").inAllNamespaces().informer();
		all.withLabelSelector("a").informer();
		all.withFieldSelector("metadata.name=a").informer();
		all.withShardSelector(ShardSelector.byNamespace(0, 1)).informer();
		all.withShardSelector(ShardSelector.byNamespace(0, 1)).informer();

		assertThat(this.factory.informers()).extracting(SharedInformer::name)
			.containsExactly("configmaps in all namespaces", "configmaps in namespace one",
					"configmaps in all namespaces with labels a",
					"configmaps in all namespaces with fields metadata.name=a",
					"configmaps in all namespaces in " + ShardSelector.byNamespace(0, 1));
	}

	@Test
	void selectorOfAnObjectIsTheSameAsItsText() {
		InformerSpec<ConfigMap> all = this.factory.forResource(ConfigMap.class);
		LabelSelector selector = LabelSelector.builder().matchLabels(Map.of("a", "x")).build();

		assertThat(all.withLabelSelector(selector).informer()).isSameAs(all.withLabelSelector("a=x").informer());
	}

	@Test
	void namesOfResourcesInGroupsAndWithoutNamespacesAreClear() {
		assertThat(this.factory.forResource(Node.class).informer().name()).isEqualTo("nodes");
		assertThat(this.factory.forResource(io.github.k8sclient.api.apps.v1.Deployment.class).informer().name())
			.isEqualTo("deployments.apps in all namespaces");
	}

	@Test
	void resourceWithoutNamespacesIsInNone() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.factory.forResource(Node.class).inNamespace("one"));
	}

	@Test
	void nameOfAResourceIsEnoughForTreesAndForMetadata() {
		GroupVersionResource prometheuses = GroupVersionResource.of("monitoring.coreos.com", "v1", "prometheuses");

		SharedInformer<Unstructured> trees = this.factory.forResource(prometheuses).inNamespace("one").informer();
		SharedInformer<PartialObjectMetadata> metadata = this.factory.forMetadata(prometheuses).informer();

		assertThat(trees.resource().type()).isEqualTo(Unstructured.class);
		assertThat(trees.name()).isEqualTo("prometheuses.monitoring.coreos.com in namespace one");
		assertThat(metadata.name()).isEqualTo("metadata of prometheuses.monitoring.coreos.com in all namespaces");
		assertThat(this.provider.requests()).containsExactly("prometheuses one", "prometheuses null");
	}

	@Test
	void nameOfABuiltInResourceMeansItsDescription() {
		GroupVersionResource nodes = GroupVersionResource.of("", "v1", "nodes");

		assertThat(this.factory.forMetadata(nodes).informer())
			.isSameAs(this.factory.forMetadata(Node.class).informer());
		assertThatIllegalArgumentException().isThrownBy(() -> this.factory.forResource(nodes).inNamespace("one"));
		assertThatIllegalArgumentException().isThrownBy(
				() -> this.factory.forResource(GroupVersionResource.of("authentication.k8s.io", "v1", "tokenreviews")))
			.withMessageContaining("cannot be watched");
	}

	@Test
	void treesComeFromTheServerByTheNameOfTheirResource() {
		FakeListWatch<Unstructured> gadgets = new FakeListWatch<>();
		Unstructured gadget = Unstructured.builder("example.com/v1", "Gadget")
			.metadata((metadata) -> metadata.name("a").resourceVersion("1"))
			.build();
		gadgets.list(Mono.just(new KubernetesList<>("example.com/v1", "GadgetList",
				ListMeta.builder().resourceVersion("5").build(), List.of(gadget))));
		SharedInformerFactory dynamic = SharedInformerFactory.builder(new FakeProvider(gadgets))
			.scheduler(this.time)
			.handlerScheduler(this.time)
			.build();
		SharedInformer<Unstructured> informer = dynamic
			.forResource(GroupVersionResource.of("example.com", "v1", "gadgets"))
			.withInitialList(InitialListStrategy.PAGED_LIST)
			.informer();

		dynamic.start();
		this.time.advanceTime();

		assertThat(informer.lister().list()).containsExactly(gadget);
	}

	@Test
	void optionsMayBeChangedOnTheWay() {
		SharedInformerFactory patient = SharedInformerFactory.builder(this.provider)
			.options(InformerOptions.defaults().withStaleAfter(Duration.ofHours(1)))
			.build();

		InformerOptions options = patient.forResource(ConfigMap.class)
			.withOptions((present) -> present.withPageSize(7))
			.withOptions((present) -> present.withDropManagedFields(true))
			.informer()
			.options();

		assertThat(options).isEqualTo(InformerOptions.defaults()
			.withStaleAfter(Duration.ofHours(1))
			.withPageSize(7)
			.withDropManagedFields(true));
	}

	@Test
	void resourceThatCannotBeWatchedIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.factory.forResource(TokenReview.class))
			.withMessageContaining("cannot be watched");
	}

	@Test
	void classThatIsNoResourceIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.factory.forResource(KubernetesObject.class))
			.withMessageContaining("neither of a built-in kind nor annotated");
	}

	@Test
	void invalidSelectorIsRefusedAtOnce() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.factory.forResource(ConfigMap.class).withLabelSelector("a in b"));
	}

	@Test
	void optionsOfAnInformerThatIsThereCannotBeChanged() {
		InformerSpec<ConfigMap> spec = this.factory.forResource(ConfigMap.class);
		SharedInformer<ConfigMap> informer = spec.withResync(Duration.ofMinutes(5)).informer();

		assertThat(spec.informer()).isSameAs(informer);
		assertThat(spec.withResync(Duration.ofMinutes(5)).informer()).isSameAs(informer);
		assertThatIllegalStateException().isThrownBy(() -> spec.withResync(Duration.ofMinutes(6)).informer())
			.withMessageContaining("configmaps in all namespaces")
			.withMessageContaining("PT5M");
	}

	@Test
	void resyncIsAtLeastASecondOrNever() {
		InformerSpec<ConfigMap> spec = this.factory.forResource(ConfigMap.class);

		assertThatIllegalArgumentException().isThrownBy(() -> spec.withResync(Duration.ofMillis(999)));
		assertThatIllegalArgumentException().isThrownBy(() -> spec.withResync(Duration.ofSeconds(-2)));
		assertThat(spec.withResync(Duration.ZERO).informer().options().resync()).isZero();
	}

	@Test
	void nothingIsRequestedBeforeTheStart() {
		this.factory.forResource(ConfigMap.class).informer();
		this.time.advanceTimeBy(Duration.ofHours(1));

		assertThat(this.server.lists()).isEmpty();
	}

	@Test
	void startStartsWhatIsThereAndWhatComesLaterOnce() {
		this.server.list(Samples.listed(1)).list(Samples.listed(1));
		this.factory.forResource(ConfigMap.class).informer();
		this.factory.start();
		this.factory.forResource(ConfigMap.class).inNamespace("one").informer();
		this.factory.start();
		this.time.advanceTime();

		assertThat(this.server.lists()).hasSize(2);
	}

	@Test
	void startThatComesWhileAnInformerIsMadeStartsAllItsNamespaces() {
		MeddlingProvider meddling = new MeddlingProvider(this.provider, "b");
		SharedInformerFactory busy = meddling.factory(this.time);
		meddling.does(busy::start);

		busy.forResource(ConfigMap.class).inNamespaces("a", "b").informer();
		this.time.advanceTime();

		assertThat(this.server.lists()).hasSize(2);
	}

	@Test
	void stopThatComesWhileAnInformerIsMadeLeavesNoneOfItsNamespacesRunning() {
		MeddlingProvider meddling = new MeddlingProvider(this.provider, "b");
		SharedInformerFactory busy = meddling.factory(this.time);
		meddling.does(() -> busy.stop().subscribe());
		busy.start();

		busy.forResource(ConfigMap.class).inNamespaces("a", "b").informer();
		this.time.advanceTime();

		assertThat(this.server.lists()).isEmpty();
	}

	@Test
	void stoppedFactoryStartsAgain() {
		this.server.list(Samples.listed(1)).list(Samples.listed(1));
		SharedInformer<ConfigMap> informer = this.factory.forResource(ConfigMap.class).informer();
		this.factory.start();
		this.factory.stop().subscribe();
		this.time.advanceTime();
		assertThat(informer.status().state()).isEqualTo(InformerState.STOPPED);
		this.factory.forResource(ConfigMap.class).inNamespace("one").informer();
		assertThat(this.server.lists()).hasSize(1);

		this.factory.start();
		this.time.advanceTime();

		assertThat(this.server.lists()).hasSize(2);
		assertThat(this.server.watches()).hasSize(3);
	}

	@Test
	void syncOfAllIsWaitedForAndTheMissingOnesAreNamed() {
		this.server.list(Samples.listed(1)).list(Mono.error(Samples.apiError(403, "Forbidden")));
		this.factory.forResource(ConfigMap.class).inNamespace("one").informer();
		this.factory.forResource(ConfigMap.class).inNamespace("two").informer();
		this.factory.start();

		StepVerifier.create(this.factory.whenSynced(Duration.ofMillis(700)))
			.then(() -> this.time.advanceTimeBy(Duration.ofMillis(700)))
			.expectErrorSatisfies((ex) -> {
				assertThat(ex).hasMessageContaining("configmaps in namespace two is FORBIDDEN")
					.hasMessageNotContaining("namespace one");
				assertThat(((InformersNotSyncedException) ex).informers()).hasSize(1);
			})
			.verify(LIMIT);
	}

	@Test
	void syncOfAllCompletes() {
		this.server.list(Samples.listed(1)).list(Samples.listed(1));
		this.factory.forResource(ConfigMap.class).inNamespace("one").informer();
		this.factory.forResource(ConfigMap.class).inNamespace("two").informer();
		this.factory.start();

		StepVerifier.create(this.factory.whenSynced()).then(this.time::advanceTime).expectComplete().verify(LIMIT);
		StepVerifier.create(this.factory.whenSynced(Duration.ofSeconds(1))).expectComplete().verify(LIMIT);
	}

	@Test
	void listenerHearsOfEveryInformerOnce() {
		List<String> heard = new ArrayList<>();
		InformerSpec<ConfigMap> all = this.factory.forResource(ConfigMap.class);
		all.informer();

		Disposable listening = this.factory.addInformerListener((informer) -> heard.add(informer.name()));
		all.inNamespace("one").informer();
		all.informer();
		listening.dispose();
		all.inNamespace("two").informer();

		assertThat(heard).containsExactly("configmaps in all namespaces", "configmaps in namespace one");
	}

	@Test
	void syncOfNoInformersIsThereAtOnce() {
		StepVerifier.create(this.factory.whenSynced()).expectComplete().verify(LIMIT);
		StepVerifier.create(this.factory.stop()).expectComplete().verify(LIMIT);
	}

	@Test
	void oneHundredInformersShareTheThreads() {
		Scheduler two = Schedulers.newParallel("informer-test", 2);
		Scheduler handlers = Schedulers.newBoundedElastic(4, 100_000, "informer-test-handlers");
		FakeListWatch<ConfigMap> busy = new FakeListWatch<>();
		for (int i = 0; i < 100; i++) {
			busy.list(Samples.listed(10, Samples.configMap("a", 1)))
				.watch(Flux.range(11, 50)
					.<WatchEvent<ConfigMap>>map((version) -> Samples.modified(Samples.configMap("a", version)))
					.concatWith(Flux.never()));
		}
		SharedInformerFactory many = SharedInformerFactory.builder(new FakeProvider(busy))
			.scheduler(two)
			.handlerScheduler(handlers)
			.build();
		List<List<String>> versions = new ArrayList<>();
		List<Mono<Long>> counts = IntStream.range(0, 100).mapToObj((i) -> {
			SharedInformer<ConfigMap> informer = many.forResource(ConfigMap.class).inNamespace("ns-" + i).informer();
			List<String> seen = Collections.synchronizedList(new ArrayList<>());
			versions.add(seen);
			return informer.events()
				.map((event) -> event.resource().metadata().resourceVersion())
				.doOnNext(seen::add)
				.take(51)
				.count();
		}).toList();

		StepVerifier.create(Flux.fromIterable(counts).flatMap((count) -> count, 100))
			.then(many::start)
			.expectNextCount(100)
			.expectComplete()
			.verify(LIMIT);

		assertThat(versions).allSatisfy((seen) -> assertThat(seen).hasSize(51).first().isEqualTo("1"))
			.allSatisfy((seen) -> assertThat(seen.subList(1, 51))
				.isEqualTo(IntStream.range(11, 61).mapToObj(String::valueOf).toList()));
		StepVerifier.create(many.stop()).expectComplete().verify(LIMIT);
		two.dispose();
		handlers.dispose();
	}

	/**
	 * Does something else when it is asked for a namespace.
	 */
	private static final class MeddlingProvider implements ListWatchProvider {

		private final ListWatchProvider provider;

		private final String namespace;

		private Runnable meddling = () -> {
		};

		MeddlingProvider(ListWatchProvider provider, String namespace) {
			this.provider = provider;
			this.namespace = namespace;
		}

		SharedInformerFactory factory(Scheduler scheduler) {
			return SharedInformerFactory.builder(this).scheduler(scheduler).handlerScheduler(scheduler).build();
		}

		void does(Runnable meddling) {
			this.meddling = meddling;
		}

		@Override
		public <T extends KubernetesObject> ListWatch<T> listWatch(ResourceDescriptor<T> resource,
				@Nullable String namespace, Supplier<DecodingOptions> decoding) {
			if (this.namespace.equals(namespace)) {
				this.meddling.run();
			}
			return this.provider.listWatch(resource, namespace, decoding);
		}

	}

}
