package io.github.k8sclient.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class FieldNamesTests {

	@Test
	void findsEveryNameAndNoOther() {
		Random random = new Random(1);
		Set<String> set = new LinkedHashSet<>();
		while (set.size() < 127) {
			set.add("abAB1".substring(random.nextInt(4)).repeat(1 + random.nextInt(6)) + random.nextInt(30));
		}
		String[] all = set.toArray(String[]::new);

		FieldNames names = FieldNames.of(all);

		assertThat(names.names()).containsExactly(all);
		for (int index = 0; index < all.length; index++) {
			assertThat(indexOf(names, all[index])).isEqualTo(index).isEqualTo(names.indexOf(all[index]));
			String other = all[index] + "x";
			assertThat(indexOf(names, other)).isEqualTo(JsonReader.UNKNOWN).isEqualTo(names.indexOf(other));
		}
	}

	@Test
	void tellsLongNamesApartThatDifferInTheirMiddle() {
		FieldNames names = FieldNames.of("prefixed-a-suffixed", "prefixed-b-suffixed", "prefixed-ab-suffixed");

		assertThat(indexOf(names, "prefixed-b-suffixed")).isEqualTo(1);
		assertThat(indexOf(names, "prefixed-c-suffixed")).isEqualTo(JsonReader.UNKNOWN);
		assertThat(indexOf(names, "")).isEqualTo(JsonReader.UNKNOWN);
	}

	@Test
	void areEmptyOrLimited() {
		assertThat(indexOf(FieldNames.of(), "a")).isEqualTo(JsonReader.UNKNOWN);
		assertThatIllegalArgumentException().isThrownBy(() -> FieldNames.of(new String[128]));
	}

	private static int indexOf(FieldNames names, String name) {
		byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
		byte[] followed = Arrays.copyOf(bytes, bytes.length + 8);
		Arrays.fill(followed, bytes.length, followed.length, (byte) 'z');
		return names.indexOf(followed, 0, bytes.length);
	}

}
