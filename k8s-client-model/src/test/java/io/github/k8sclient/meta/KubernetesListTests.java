package io.github.k8sclient.meta;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class KubernetesListTests {

	@Test
	void itemsAreCopied() {
		List<String> items = new ArrayList<>(List.of("a"));
		KubernetesList<String> list = new KubernetesList<>("v1", "PodList", ListMeta.builder().build(), items);

		items.add("b");

		assertThat(list.items()).containsExactly("a");
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> list.items().add("c"));
	}

}
