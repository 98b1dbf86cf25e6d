package io.github.k8sclient.client;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import io.github.k8sclient.api.core.v1.ConfigMap;
import io.github.k8sclient.codec.DecodingOptions;
import io.github.k8sclient.codec.Interner;
import io.github.k8sclient.meta.ListOptions;
import io.github.k8sclient.rest.ScriptedApiServer;
import io.github.k8sclient.watch.ListWatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RestListWatch}.
 */
class RestListWatchTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	@RegisterExtension
	final ScriptedApiServer server = new ScriptedApiServer();

	private final AtomicInteger calls = new AtomicInteger();

	@Test
	void pagesOfOneListShareWhatIsEqual() {
		ListWatch<ConfigMap> maps = listWatch();
		answerPage("more");
		answerPage("");

		String first = namespace(maps, null);
		String second = namespace(maps, "more");

		assertThat(second).isEqualTo("shop").isSameAs(first);
		assertThat(this.calls).hasValue(1);
	}

	@Test
	void nextListSharesNothingWithTheLast() {
		ListWatch<ConfigMap> maps = listWatch();
		answerPage("more");
		answerPage("");
		answerPage("");

		String first = namespace(maps, null);
		String again = namespace(maps, null);

		assertThat(again).isEqualTo(first).isNotSameAs(first);
		assertThat(namespace(maps, "more")).isNotSameAs(first);
		assertThat(this.calls).hasValue(3);
	}

	private ListWatch<ConfigMap> listWatch() {
		Supplier<DecodingOptions> decoding = () -> {
			this.calls.incrementAndGet();
			return DecodingOptions.defaults().withInterner(Interner.create());
		};
		return Clientset.create(this.server.client()).listWatch(ConfigMap.RESOURCE, null, decoding);
	}

	private void answerPage(String token) {
		this.server.answer(200, """
				{"kind":"ConfigMapList","apiVersion":"v1","metadata":{"resourceVersion":"9","continue":"%s"},\
				"items":[{"metadata":{"name":"a","namespace":"shop"}}]}""".formatted(token));
	}

	private String namespace(ListWatch<ConfigMap> maps, String token) {
		return maps.list(ListOptions.builder().continue_(token).build())
			.block(TIMEOUT)
			.items()
			.get(0)
			.metadata()
			.namespace();
	}

}
