package io.github.k8sclient.benchmark;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.k8sclient.informer.InformerOptions;
import io.github.k8sclient.informer.InitialListStrategy;

/**
 * The command line of the informer benchmark.
 *
 * @param url base URL of the API server
 * @param protobuf whether protobuf is asked for, else JSON
 * @param informer how the informer works
 * @param events how many events a round asks the server for, 0 for no rounds
 * @param rounds how many warm syncs and how many rounds of events there are
 */
record BenchmarkOptions(String url, boolean protobuf, InformerOptions informer, int events, int rounds) {

	/** The options and their values, the default first; none if any value goes. */
	private static final Map<String, List<String>> CHOICES = Map.of("url", List.of(), "content-type",
			List.of("protobuf", "json"), "initial", List.of("streaming", "paged"), "managed-fields",
			List.of("keep", "drop"), "events", List.of(), "rounds", List.of());

	static BenchmarkOptions parse(String... args) {
		Map<String, String> values = new HashMap<>();
		for (int i = 0; i < args.length; i += 2) {
			String name = args[i].startsWith("--") ? args[i].substring(2) : "";
			List<String> choices = CHOICES.get(name);
			if (choices == null || i + 1 == args.length) {
				throw new IllegalArgumentException("'%s' is not an option with a value; the options are %s"
					.formatted(args[i], CHOICES.keySet().stream().sorted().map((known) -> "--" + known).toList()));
			}
			if (!choices.isEmpty() && !choices.contains(args[i + 1])) {
				throw new IllegalArgumentException(
						"%s is one of %s, not '%s'".formatted(args[i], choices, args[i + 1]));
			}
			values.put(name, args[i + 1]);
		}
		InformerOptions informer = InformerOptions.defaults()
			.withInitialList("paged".equals(values.get("initial")) ? InitialListStrategy.PAGED_LIST
					: InitialListStrategy.STREAMING_LIST)
			.withDropManagedFields("drop".equals(values.get("managed-fields")));
		return new BenchmarkOptions(values.getOrDefault("url", "http://127.0.0.1:18080"),
				!"json".equals(values.get("content-type")), informer,
				Integer.parseInt(values.getOrDefault("events", "20000")),
				Integer.parseInt(values.getOrDefault("rounds", "3")));
	}

}
