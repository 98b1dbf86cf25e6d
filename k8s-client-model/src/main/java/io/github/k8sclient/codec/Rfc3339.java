package io.github.k8sclient.codec;

/**
 * Times as RFC 3339 writes them, over bytes. As Go's
 * {@code time.Parse(time.RFC3339, ...)}, it takes any fraction of a second and any
 * offset, and no leap second.
 */
final class Rfc3339 {

	/**
	 * First second of the year 0.
	 */
	static final long MIN_SECOND = -62167219200L;

	/**
	 * Last second of the year 9999.
	 */
	static final long MAX_SECOND = 253402300799L;

	private static final int[] DAYS = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	private static final int SECONDS_LENGTH = 19;

	private final byte[] bytes;

	private final int to;

	private int position;

	private boolean invalid;

	private long second;

	private int nano;

	Rfc3339(byte[] bytes, int from, int to) {
		this.bytes = bytes;
		this.position = from;
		this.to = to;
		parse();
	}

	/**
	 * Whether the text is a time.
	 */
	boolean isValid() {
		return !this.invalid;
	}

	long second() {
		return this.second;
	}

	int nano() {
		return this.nano;
	}

	private void parse() {
		if (this.to - this.position <= SECONDS_LENGTH) {
			this.invalid = true;
			return;
		}
		int year = number(4, 0, 9999);
		expect('-');
		int month = number(2, 1, 12);
		expect('-');
		int day = number(2, 1, 31);
		expect('T');
		int hour = number(2, 0, 23);
		expect(':');
		int minute = number(2, 0, 59);
		expect(':');
		int second = number(2, 0, 59);
		if (this.invalid || day > daysOf(year, month)) {
			this.invalid = true;
			return;
		}
		parseFraction();
		int offset = parseOffset();
		this.invalid |= this.position != this.to;
		this.second = epochDay(year, month, day) * 86400 + hour * 3600 + minute * 60 + second - offset;
	}

	private void parseFraction() {
		if (this.position == this.to || (peek() != '.' && peek() != ',')) {
			return;
		}
		this.position++;
		int digits = 0;
		while (this.position < this.to && peek() >= '0' && peek() <= '9') {
			if (digits < 9) {
				this.nano = this.nano * 10 + peek() - '0';
			}
			digits++;
			this.position++;
		}
		this.invalid |= digits == 0;
		for (; digits < 9; digits++) {
			this.nano *= 10;
		}
	}

	private int parseOffset() {
		if (this.position == this.to) {
			this.invalid = true;
			return 0;
		}
		byte sign = peek();
		this.position++;
		if (sign == 'Z') {
			return 0;
		}
		if ((sign != '+' && sign != '-') || this.to - this.position != 5) {
			this.invalid = true;
			return 0;
		}
		int hours = number(2, 0, 24);
		expect(':');
		int seconds = hours * 3600 + number(2, 0, 60) * 60;
		return (sign == '-') ? -seconds : seconds;
	}

	private byte peek() {
		return this.bytes[this.position];
	}

	private void expect(char character) {
		this.invalid |= this.bytes[this.position++] != character;
	}

	private int number(int digits, int lowest, int highest) {
		int number = 0;
		for (int i = 0; i < digits; i++) {
			int digit = this.bytes[this.position++] - '0';
			this.invalid |= digit < 0 || digit > 9;
			number = number * 10 + digit;
		}
		this.invalid |= number < lowest || number > highest;
		return number;
	}

	private static int daysOf(int year, int month) {
		boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
		return (month == 2 && leap) ? 29 : DAYS[month - 1];
	}

	/**
	 * Days since 1970-01-01, counted in eras of 400 years that begin in March.
	 */
	private static long epochDay(int year, int month, int day) {
		int marchYear = (month <= 2) ? year - 1 : year;
		int era = Math.floorDiv(marchYear, 400);
		int yearOfEra = marchYear - era * 400;
		int dayOfYear = (153 * (month + ((month > 2) ? -3 : 9)) + 2) / 5 + day - 1;
		int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
		return era * 146097L + dayOfEra - 719468;
	}

	/**
	 * Writes 19 bytes: date and time in UTC, without fraction and offset.
	 */
	static void put(byte[] target, int index, long epochSecond) {
		long days = Math.floorDiv(epochSecond, 86400) + 719468;
		int second = (int) Math.floorMod(epochSecond, 86400L);
		long era = Math.floorDiv(days, 146097);
		int dayOfEra = (int) (days - era * 146097);
		int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146096) / 365;
		int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
		int march = (5 * dayOfYear + 2) / 153;
		int month = (march < 10) ? march + 3 : march - 9;
		int year = (int) (yearOfEra + era * 400) + ((month <= 2) ? 1 : 0);
		putTwo(target, index, year / 100, year % 100);
		putTwo(target, index + 2, year % 100, '-');
		putTwo(target, index + 5, month, '-');
		putTwo(target, index + 8, dayOfYear - (153 * march + 2) / 5 + 1, 'T');
		putTwo(target, index + 11, second / 3600, ':');
		putTwo(target, index + 14, second / 60 % 60, ':');
		putTwo(target, index + 17, second % 60, 0);
	}

	private static void putTwo(byte[] target, int index, int number, int separator) {
		target[index] = (byte) ('0' + number / 10);
		target[index + 1] = (byte) ('0' + number % 10);
		if (separator != 0) {
			target[index + 2] = (byte) separator;
		}
	}

}
