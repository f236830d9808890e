import os

def main():
    print("hi")
    return 1

if __name__ == "__main__":
    main()
